internal import CZstd
internal import Records

/// Compresses to one zstd frame with a checksum.
///
/// One frame, as many readers stop after the first. libzstd cuts it into jobs of fixed size, so any
/// number of workers gives the same bytes.
final class ZstdCompressor: Compressor {
  private let context: OpaquePointer
  private let file: String
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)

  /// How much time is taken for how few bytes.
  enum Level: Int32 {
    /// For files that others read.
    case usual = 1
    /// For what is read back once, by this program.
    case quick = -4
  }

  /// - Parameter workers: how many threads work beside the caller's; nil for none.
  init(file: String, workers: Int?, level: Level = .usual) throws(EmitError) {
    guard let context = ZSTD_createCCtx() else {
      throw EmitError(.compressionFailed, "zstd has no memory", at: file, hint: nil)
    }
    self.context = context
    self.file = file
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level.rawValue)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    guard let workers else { return }
    // Without support for threads in libzstd these two are refused, and one thread does it all.
    ZSTD_CCtx_setParameter(context, ZSTD_c_nbWorkers, Int32(max(1, workers)))
    ZSTD_CCtx_setParameter(context, ZSTD_c_jobSize, 1 << 20)
  }

  deinit {
    ZSTD_freeCCtx(context)
    buffer.deallocate()
  }

  func compress(
    _ bytes: RawSpan, isLast: Bool, into output: (RawSpan) throws -> Void
  ) throws {
    try bytes.withUnsafeBytes { bytes in
      try compress(bytes, isLast: isLast, into: output)
    }
  }

  /// libzstd reads and writes at addresses, with the sizes beside them.
  private func compress(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: (RawSpan) throws -> Void
  ) throws {
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while true {
      var out = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
      let left = ZSTD_compressStream2(
        context, &out, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
      guard ZSTD_isError(left) == 0 else {
        throw EmitError(
          .compressionFailed, "zstd: \(String(cString: ZSTD_getErrorName(left)))", at: file,
          hint: nil)
      }
      try output(buffer.bytes.extracting(0..<out.pos))
      if isLast ? left == 0 : input.pos == input.size { return }
    }
  }
}
