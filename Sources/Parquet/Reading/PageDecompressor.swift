internal import CBrotli
internal import CLZ4
internal import CSnappy
internal import CZlib
internal import CZstd

/// Decompresses pages, each by itself, to sizes that are known before.
final class PageDecompressor {
  private let codec: Int32
  private let zstd: OpaquePointer?

  init(codec: Int32) throws(ParquetError) {
    guard let known = PageCompression(rawValue: codec), Self.known.contains(known) else {
      throw .unsupported("the compression \(PageCompression.name(codec))")
    }
    self.codec = codec
    zstd = known == .zstd ? ZSTD_createDCtx() : nil
  }

  deinit { ZSTD_freeDCtx(zstd) }

  private static let known: [PageCompression] = [
    .uncompressed, .snappy, .gzip, .zstd, .brotli, .lz4, .lz4Raw,
  ]

  /// Fills the room that there is, which is as much as the page says it needs.
  func decompress(
    _ input: Span<UInt8>, into output: inout OutputSpan<UInt8>
  ) throws(ParquetError) {
    let isWhole =
      switch PageCompression(rawValue: codec) {
      case .lz4: HadoopLZ4.decompress(input, into: &output)
      case .lz4Raw: HadoopLZ4.block(input, into: &output)
      case let known:
        input.withUnsafeBytes { input in
          output.withUnsafeMutableBufferPointer { output, count in
            let room = UnsafeMutableRawBufferPointer(output)
            // Errors of libzstd are sizes that no page has.
            guard decompress(known, input, room) == room.count else { return false }
            count = room.count
            return true
          }
        }
      }
    guard isWhole else {
      throw .damaged("a page of \(PageCompression.name(codec)) data does not decompress")
    }
  }

  // MARK: Decoders in C

  // They are handed addresses and how many bytes there are: those to read, and those to write.

  private func decompress(
    _ compression: PageCompression?, _ input: UnsafeRawBufferPointer,
    _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    switch compression {
    case .snappy: snappy(input, output)
    case .gzip: gzip(input, output)
    case .zstd:
      ZSTD_decompressDCtx(zstd, output.baseAddress, output.count, input.baseAddress, input.count)
    case .brotli: brotli(input, output)
    default: copy(input, output)
    }
  }

  private func copy(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    guard input.count == output.count else { return -1 }
    output.copyMemory(from: input)
    return input.count
  }

  private func snappy(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    let source = input.baseAddress?.assumingMemoryBound(to: CChar.self)
    var count = 0
    guard snappy_uncompressed_length(source, input.count, &count) == SNAPPY_OK,
      count == output.count
    else { return -1 }
    let target = output.baseAddress?.assumingMemoryBound(to: CChar.self)
    return snappy_uncompress(source, input.count, target, &count) == SNAPPY_OK ? count : -1
  }

  private func brotli(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    // It is given the room that there is, and then says how much of it is filled.
    var count = output.count
    let result = BrotliDecoderDecompress(
      input.count, input.baseAddress?.assumingMemoryBound(to: UInt8.self), &count,
      output.baseAddress?.assumingMemoryBound(to: UInt8.self))
    return result == BROTLI_DECODER_RESULT_SUCCESS ? count : -1
  }

  private func gzip(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
  ) -> Int {
    var stream = z_stream()
    // Some writers use zlib's frame; 32 tells zlib to look.
    let anyWindow: Int32 = 15 + 32
    guard
      inflateInit2_(&stream, anyWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return -1 }
    defer { inflateEnd(&stream) }
    stream.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = uInt(input.count)
    stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = uInt(output.count)
    return inflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : -1
  }
}
