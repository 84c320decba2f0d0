internal import CSnappy
internal import CZlib
internal import CZstd

/// Compresses pages, each by itself.
///
/// `@unchecked Sendable`: one thread at a time uses it, which `PageCompressionPool` sees to.
final class PageCompressor: @unchecked Sendable {
  private let method: ParquetWriterOptions.Compression
  private let zstd: OpaquePointer?
  private var input: [UInt8] = []
  private var output = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private static let zstdLevel: Int32 = 1

  init(_ method: ParquetWriterOptions.Compression) {
    self.method = method
    zstd = method == .zstd ? ZSTD_createCCtx() : nil
  }

  deinit {
    ZSTD_freeCCtx(zstd)
    output.deallocate()
  }

  /// Compresses two pieces of bytes as one.
  func compress(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    if method == .none { return first + second }
    input.removeAll(keepingCapacity: true)
    input += first
    input += second
    let room = self.room(for: input.count)
    if output.count < room {
      output.deallocate()
      output = .allocate(byteCount: room, alignment: 16)
    }
    let count = input.withUnsafeBytes { source in
      switch method {
      case .zstd: zstd(source, output)
      case .snappy: snappy(source, output)
      case .gzip: gzip(source, output)
      case .none: 0
      }
    }
    // Nothing but a lack of memory is left that could go wrong, and Swift ends on that too.
    precondition(count <= room, "a page could not be compressed")
    return Array(output[..<count])
  }

  /// The most bytes that compressing may take.
  private func room(for byteCount: Int) -> Int {
    switch method {
    case .none: byteCount
    case .zstd: ZSTD_compressBound(byteCount)
    case .snappy: snappy_max_compressed_length(byteCount)
    // The bound is that of deflate; gzip's header and end are 18 bytes.
    case .gzip: Int(compressBound(uLong(byteCount))) + 18
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
