/// Turns bytes into compressed bytes, piece by piece.
protocol Compressor {
  /// Compresses `bytes` and passes on what is ready; `isLast` ends the stream.
  mutating func compress(
    _ bytes: RawSpan, isLast: Bool, into output: (RawSpan) throws -> Void
  ) throws
}

/// Passes bytes on as they are.
struct NoCompressor: Compressor {
  mutating func compress(
    _ bytes: RawSpan, isLast: Bool, into output: (RawSpan) throws -> Void
  ) throws {
    try output(bytes)
  }
}
