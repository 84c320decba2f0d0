internal import Columns

/// Columns read a block at a time.
enum Blocks {
  private static let size = 1024

  /// Reads a column in order.
  static func forEach(
    _ numbers: any NumberSource, in range: Range<Int>, _ body: (Span<Double>) -> Void
  ) {
    withBlock(of: 0.0) { block in
      forEachStart(in: range) { start, count in
        var part = block.extracting(0..<count).mutableSpan
        numbers.copy(from: start, into: &part)
        body(part.span)
      }
    }
  }

  /// Reads a sample's codes and rewards together.
  static func forEach(
    _ sample: Sample, in range: Range<Int>, _ body: (Span<UInt32>, Span<Double>) -> Void
  ) {
    withBlock(of: UInt32(0)) { block in
      var start = range.lowerBound
      forEach(sample.values, in: range) { values in
        var codes = block.extracting(0..<values.count).mutableSpan
        sample.codes.copy(from: start, into: &codes)
        body(codes.span, values)
        start += values.count
      }
    }
  }

  /// Reads a sample's codes, prompts and rewards together.
  static func forEach(
    _ sample: Sample, _ prompts: any CodeSource, in range: Range<Int>,
    _ body: (Span<UInt32>, Span<UInt32>, Span<Double>) -> Void
  ) {
    withBlock(of: UInt32(0)) { block in
      var start = range.lowerBound
      forEach(sample, in: range) { codes, values in
        var part = block.extracting(0..<values.count).mutableSpan
        prompts.copy(from: start, into: &part)
        body(codes, part.span, values)
        start += values.count
      }
    }
  }

  private static func forEachStart(in range: Range<Int>, _ body: (Int, Int) -> Void) {
    var start = range.lowerBound
    while start < range.upperBound {
      let count = min(size, range.upperBound - start)
      body(start, count)
      start += count
    }
  }

  private static func withBlock<Element: BitwiseCopyable>(
    of zero: Element, _ body: (UnsafeMutableBufferPointer<Element>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Element.self, capacity: size) { block in
      block.initialize(repeating: zero)
      body(block)
    }
  }
}
