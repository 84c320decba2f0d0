extension NumberSource {
  /// Numbers that are read together.
  private static var blockSize: Int { 1024 }

  /// Reads the numbers in order, a block at a time.
  package func forEachBlock(_ body: (Span<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.blockSize) { block in
      block.initialize(repeating: 0)
      for start in stride(from: 0, to: count, by: Self.blockSize) {
        var part = block.extracting(0..<min(Self.blockSize, count - start)).mutableSpan
        copy(from: start, into: &part)
        body(part.span)
      }
    }
  }

  /// Reads the numbers together with those of another column.
  package func forEachBlock(
    beside other: any NumberSource, _ body: (Span<Double>, Span<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.blockSize) { others in
      others.initialize(repeating: 0)
      var start = 0
      forEachBlock { block in
        var part = others.extracting(0..<block.count).mutableSpan
        other.copy(from: start, into: &part)
        body(block, part.span)
        start += block.count
      }
    }
  }
}
