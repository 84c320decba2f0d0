internal import Columns

/// Whole prompts of a sample, as flat columns without the candidates outside the population.
struct PromptBatch {
  /// The numbers of the prompts; those without candidates are among them.
  private(set) var prompts: [UInt32] = []
  /// For each prompt where its candidates end.
  private(set) var ends: [Int] = []
  // For each candidate; there is more room than candidates.
  private(set) var codes: [UInt32] = []
  /// Empty where models do not matter.
  private(set) var models: [UInt32] = []
  private(set) var values: [Double] = []
  /// How many candidates there are, those of a prompt that has not ended too.
  private var count = 0
  /// The prompt that has not ended.
  private var current: UInt32?

  /// Prompts are visited once so many candidates have come.
  private static let size = 4096

  /// The candidates of a prompt, by its place in the batch.
  func members(of place: Int) -> Range<Int> { (place == 0 ? 0 : ends[place - 1])..<ends[place] }

  /// Visits the prompts of a sample whose candidates of a prompt stand together.
  ///
  /// - Parameter models: For each candidate its model; nil where that does not matter.
  static func forEach(
    in sample: Sample, _ prompts: any CodeSource, models: (any CodeSource)? = nil,
    _ body: (borrowing PromptBatch) -> Void
  ) {
    var batch = PromptBatch()
    let isCounted = sample.levels.map(\.isFinite)
    var modelBlock = [UInt32]()
    var start = 0
    Blocks.forEach(sample, prompts, in: 0..<sample.count) { codes, prompts, values in
      if let models {
        if modelBlock.count != codes.count {
          modelBlock = Array(repeating: 0, count: codes.count)
        }
        var block = modelBlock.mutableSpan
        models.copy(from: start, into: &block)
      }
      start += codes.count
      batch.append(codes, prompts, modelBlock.span, values, isCounted: isCounted.span)
      if batch.count >= size {
        body(batch)
        batch.removeEnded()
      }
    }
    batch.endPrompt()
    body(batch)
  }

  private mutating func append(
    _ newCodes: Span<UInt32>, _ newPrompts: Span<UInt32>, _ newModels: Span<UInt32>,
    _ newValues: Span<Double>, isCounted: Span<Bool>
  ) {
    let room = count + newCodes.count
    if codes.count < room {
      codes += repeatElement(0, count: room - codes.count)
      values += repeatElement(0, count: room - values.count)
    }
    if !newModels.isEmpty, models.count < room {
      models += repeatElement(0, count: room - models.count)
    }
    // Taken out and put back, so that the loop need not check whether they are shared.
    var (codes, models, values) = (codes, models, values)
    (self.codes, self.models, self.values) = ([], [], [])
    defer { (self.codes, self.models, self.values) = (codes, models, values) }
    var ownCodes = codes.mutableSpan
    var ownModels = models.mutableSpan
    var ownValues = values.mutableSpan
    var next = count
    for index in newCodes.indices {
      if newPrompts[index] != current {
        count = next
        endPrompt()
        current = newPrompts[index]
      }
      let code = newCodes[index]
      let value = newValues[index]
      guard !value.isNaN, isCounted[Int(code)] else { continue }
      ownCodes[next] = code
      ownValues[next] = value
      if !newModels.isEmpty { ownModels[next] = newModels[index] }
      next += 1
    }
    count = next
  }

  private mutating func endPrompt() {
    guard let current else { return }
    prompts.append(current)
    ends.append(count)
  }

  /// Leaves the candidates of the prompt that has not ended.
  private mutating func removeEnded() {
    let start = ends.last ?? 0
    for place in start..<count {
      codes[place - start] = codes[place]
      values[place - start] = values[place]
      if !models.isEmpty { models[place - start] = models[place] }
    }
    count -= start
    prompts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
