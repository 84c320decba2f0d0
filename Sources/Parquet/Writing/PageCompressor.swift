internal import CSnappy
internal import CZlib
internal import CZstd

/// Compresses pages, each by itself.
///
/// `@unchecked Sendable`: one thread at a time uses it, which `PagePress` sees to.
final class PageCompressor: @unchecked Sendable {
  private let method: ParquetWriterOptions.Compression
  private let zstd: OpaquePointer?
  private static let zstdLevel: Int32 = 1

  init(_ method: ParquetWriterOptions.Compression) {
    self.method = method
    zstd = method == .zstd ? ZSTD_createCCtx() : nil
  }

  deinit { ZSTD_freeCCtx(zstd) }

  func compress(_ bytes: [UInt8]) -> [UInt8] {
    switch method {
    case .none: bytes
    case .zstd: compressed(bytes, room: ZSTD_compressBound(bytes.count), zstd)
    case .snappy:
      compressed(bytes, room: snappy_max_compressed_length(bytes.count), snappy)
    case .gzip:
      // The bound is that of deflate; gzip's header and end are 18 bytes.
      compressed(bytes, room: Int(compressBound(uLong(bytes.count))) + 18, gzip)
    }
  }

  private func compressed(
    _ bytes: [UInt8], room: Int,
    _ compress: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Int
  ) -> [UInt8] {
    bytes.withUnsafeBytes { source in
      [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        count = compress(source, UnsafeMutableRawBufferPointer(buffer))
        // Nothing but a lack of memory is left that could go wrong, and Swift ends on that too.
        precondition(count <= room, "a page could not be compressed")
      }
    }
  }

  private func zstd(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int {
    ZSTD_compressCCtx(
      zstd, target.baseAddress, target.count, source.baseAddress, source.count, Self.zstdLevel)
  }

  private func snappy(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int {
    var count = target.count
    let status = snappy_compress(
      source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count,
      target.baseAddress?.assumingMemoryBound(to: CChar.self), &count)
    return status == SNAPPY_OK ? count : .max
  }

  private func gzip(
    _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableRawBufferPointer
  ) -> Int {
    var stream = z_stream()
    let gzipWindow: Int32 = 15 + 16
    guard
      deflateInit2_(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY,
        ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return .max }
    defer { deflateEnd(&stream) }
    stream.next_in = UnsafeMutablePointer(
      mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.avail_in = uInt(source.count)
    stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = uInt(target.count)
    return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : .max
  }
}
