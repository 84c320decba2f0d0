internal import Columns

/// The candidates that tell about a characteristic within prompts, as compact columns.
///
/// A prompt with one candidate, or with candidates of one level, fits any curve and would only hold
/// back the present one, so it takes no part.
struct InformativeCandidates {
  /// Their levels, whose codes are their places in ascending order.
  let levels: PopulationLevels
  /// For each candidate the place of its level; prompt by prompt.
  private(set) var places: [UInt32] = []
  /// For each candidate its model; empty where models have no effects.
  private(set) var models: [UInt32] = []
  /// For each prompt that takes part its number, and where its candidates start; and the end.
  private(set) var prompts: [UInt32] = []
  private(set) var starts: [UInt32] = [0]
  /// For each code the place of its level; negative where none takes part.
  let placeOfCode: [Int32]
  /// The mean reward of the whole population, scaled by `Lowess.headroom`.
  let meanReward: Double
  /// How many models have effects, one for candidates that name none.
  let modelCount: Int
  /// The levels of the whole population.
  private let populationLevels: PopulationLevels
  private let sample: Sample
  private let promptCodes: any CodeSource

  var count: Int { places.count }

  /// - Parameter prompts: For each candidate its prompt; those of a prompt stand together.
  init(_ sample: Sample, prompts column: PromptColumn) {
    self.sample = sample
    promptCodes = column.codes
    modelCount = column.models.map { $0.count + 1 } ?? 0
    let unnamed = UInt32(max(modelCount, 1) - 1)
    var counts = [Int](repeating: 0, count: sample.levels.count)
    var informative = counts
    var reward = CompensatedSum()
    var (places, models, prompts, starts) = (places, models, prompts, starts)
    PromptBatch.forEach(in: sample, column.codes, models: column.models?.codes) { batch in
      for (place, prompt) in batch.prompts.enumerated() {
        let members = batch.members(of: place)
        var isInformative = false
        for candidate in members {
          counts[Int(batch.codes[candidate])] += 1
          reward.add(batch.values[candidate] * Lowess.headroom)
          isInformative = isInformative || batch.codes[candidate] != batch.codes[members.lowerBound]
        }
        guard isInformative else { continue }
        for candidate in members {
          informative[Int(batch.codes[candidate])] += 1
          places.append(batch.codes[candidate])
          if column.models != nil { models.append(min(batch.models[candidate], unnamed)) }
        }
        prompts.append(prompt)
        starts.append(UInt32(places.count))
      }
    }
    let population = PopulationLevels(levels: sample.levels, counts: counts)
    meanReward = population.population > 0 ? reward.value / Double(population.population) : 0
    populationLevels = population
    let taking = PopulationLevels(levels: sample.levels, counts: informative)
    var placeOfCode = [Int32](repeating: -1, count: sample.levels.count)
    for (place, code) in taking.codes.enumerated() { placeOfCode[code] = Int32(place) }
    for index in places.indices { places[index] = UInt32(placeOfCode[Int(places[index])]) }
    levels = PopulationLevels(
      levels: taking.values, counts: taking.codes.indices.map(taking.candidates))
    self.placeOfCode = placeOfCode
    self.places = places
    self.models = models
    self.prompts = prompts
    self.starts = starts
  }

  /// The candidates of a prompt, which is counted among those that take part.
  func members(of prompt: Int) -> Range<Int> { Int(starts[prompt])..<Int(starts[prompt + 1]) }

  /// Reads the rewards again, scaled by `Lowess.headroom`, those of some prompts that take part at a
  /// time.
  func forEachBatch(_ body: (_ prompts: Range<Int>, _ values: Span<Double>) -> Void) {
    var next = 0
    var values: [Double] = []
    PromptBatch.forEach(in: sample, promptCodes) { batch in
      let first = next
      values.removeAll(keepingCapacity: true)
      for (place, prompt) in batch.prompts.enumerated() {
        guard next < prompts.count, prompts[next] == prompt else { continue }
        for candidate in batch.members(of: place) {
          values.append(batch.values[candidate] * Lowess.headroom)
        }
        next += 1
      }
      body(first..<next, values.span)
    }
  }

  /// What to add to a curve so that its mean over the whole population is the mean reward.
  ///
  /// - Parameter curve: Scaled by `Lowess.headroom`.
  func offset(of curve: BiasCurve) -> Double {
    let table = curve.table(for: populationLevels.values)
    var total = CompensatedSum()
    for place in table.indices {
      total.add(Double(populationLevels.candidates(at: place)) * table[place])
    }
    return meanReward - total.value / Double(max(populationLevels.population, 1))
  }

  /// What candidates have beyond the effects and the curve, by candidate of the sample; NaN where
  /// it takes no part.
  ///
  /// - Parameters:
  ///   - effects: By prompt that takes part.
  ///   - estimate: The curve by place, then the effects of models.
  func residuals(
    effects: [Double], estimate: [Double], prompts column: PromptColumn
  ) -> any NumberSource {
    var byPrompt = [Double](repeating: .nan, count: column.count)
    for (number, prompt) in prompts.enumerated() { byPrompt[Int(prompt)] = effects[number] }
    return AdditiveResiduals(
      sample: sample, prompts: promptCodes, models: column.models?.codes, effects: byPrompt,
      curve: placeOfCode.map { $0 < 0 ? .nan : estimate[Int($0)] },
      modelEffects: Array(estimate[levels.count...]))
  }
}

/// The absolute residuals of an additive fit, computed as they are asked for.
private struct AdditiveResiduals: NumberSource {
  let sample: Sample
  let prompts: any CodeSource
  let models: (any CodeSource)?
  /// By prompt, by code and by model, the last for candidates that name none.
  let effects: [Double]
  let curve: [Double]
  let modelEffects: [Double]

  var count: Int { sample.count }

  subscript(index: Int) -> Double {
    let model = models.map { modelEffect($0[index]) } ?? 0
    return abs(
      sample.values[index] * Lowess.headroom - effects[Int(prompts[index])]
        - curve[Int(sample.codes[index])] - model)
  }

  private func modelEffect(_ model: UInt32) -> Double {
    modelEffects[min(Int(model), modelEffects.count - 1)]
  }

  func copy(from start: Int, into block: inout MutableSpan<Double>) {
    sample.values.copy(from: start, into: &block)
    let count = block.count
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { codes in
      codes.initialize(repeating: 0)
      var part = codes.mutableSpan
      prompts.copy(from: start, into: &part)
      for index in 0..<count {
        block[index] = block[index] * Lowess.headroom - effects[Int(part[index])]
      }
      sample.codes.copy(from: start, into: &part)
      for index in 0..<count { block[index] -= curve[Int(part[index])] }
      if let models {
        models.copy(from: start, into: &part)
        for index in 0..<count { block[index] -= modelEffect(part[index]) }
      }
      for index in 0..<count { block[index] = abs(block[index]) }
    }
  }
}
