internal import CZlib
internal import Records

/// Compresses to one gzip member without name or time, so the same bytes come out every time.
final class GzipCompressor: Compressor {
  // zlib keeps a pointer to its stream, so the stream must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let file: String
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)

  init(file: String) throws(EmitError) {
    self.file = file
    stream.initialize(to: z_stream())
    let withGzipHeader: Int32 = 15 + 16
    let status = deflateInit2_(
      stream, 6, Z_DEFLATED, withGzipHeader, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      throw EmitError(.compressionFailed, "zlib: error \(status)", at: file, hint: nil)
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    buffer.deallocate()
  }

  func compress(
    _ bytes: RawSpan, isLast: Bool, into output: (RawSpan) throws -> Void
  ) throws {
    try bytes.withUnsafeBytes { bytes in
      try compress(bytes, isLast: isLast, into: output)
    }
  }

  /// zlib reads and writes at addresses, with the sizes beside them.
  private func compress(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: (RawSpan) throws -> Void
  ) throws {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(bytes.count)
    while true {
      stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(buffer.count)
      let status = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      guard status != Z_STREAM_ERROR else {
        throw EmitError(.compressionFailed, "zlib: error \(status)", at: file, hint: nil)
      }
      let written = buffer.count - Int(stream.pointee.avail_out)
      try output(buffer.bytes.extracting(0..<written))
      if isLast ? status == Z_STREAM_END : stream.pointee.avail_out > 0 { return }
    }
  }
}
