/// Turns bytes into compressed bytes, piece by piece.
protocol Compressor {
  /// Compresses `bytes` and passes on what is ready; `isLast` ends the stream.
  mutating func compress(
    _ bytes: RawSpan, isLast: Bool, into output: (RawSpan) throws -> Void
  ) throws
}

extension TextCompression {
  /// What compresses a file.
  ///
  /// - Parameters:
  ///   - file: What the file is called in errors.
  ///   - workers: How many threads may work.
  func compressor(file: String, workers: Int) throws(EmitError) -> any Compressor {
    switch self {
    case .none: NoCompressor()
    case .gzip: try GzipCompressor(file: file)
    case .zstd: try ZstdCompressor(file: file, workers: workers)
    }
  }
}

/// Passes bytes on as they are.
struct NoCompressor: Compressor {
  mutating func compress(
    _ bytes: RawSpan, isLast: Bool, into output: (RawSpan) throws -> Void
  ) throws {
    try output(bytes)
  }
}
