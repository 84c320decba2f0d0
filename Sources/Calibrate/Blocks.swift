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

  /// Reads a sample whose candidates of a prompt stand together, a prompt at a time.
  ///
  /// - Parameters:
  ///   - models: For each candidate its model; nil where that does not matter.
  ///   - body: Gets the prompt, and code, model and reward of its candidates without those outside
  ///     the population.
  static func forEachPrompt(
    _ sample: Sample, _ prompts: any CodeSource, models: (any CodeSource)? = nil,
    _ body: (
      _ prompt: UInt32, _ codes: [UInt32], _ models: [UInt32], _ values: [Double]
    ) -> Void
  ) {
    var members: [UInt32] = []
    var ownModels: [UInt32] = []
    var values: [Double] = []
    var current: UInt32?
    var start = 0
    withBlock(of: UInt32(0)) { modelBlock in
      forEach(sample, prompts, in: 0..<sample.count) { codes, prompts, rewards in
        var modelPart = modelBlock.extracting(0..<codes.count).mutableSpan
        models?.copy(from: start, into: &modelPart)
        start += codes.count
        for index in codes.indices {
          if prompts[index] != current {
            if let current { body(current, members, ownModels, values) }
            current = prompts[index]
            members.removeAll(keepingCapacity: true)
            ownModels.removeAll(keepingCapacity: true)
            values.removeAll(keepingCapacity: true)
          }
          let code = codes[index]
          let value = rewards[index]
          if !value.isNaN, sample.levels[Int(code)].isFinite {
            members.append(code)
            values.append(value)
            if models != nil { ownModels.append(modelPart[index]) }
          }
        }
      }
    }
    if let current { body(current, members, ownModels, values) }
  }
}
