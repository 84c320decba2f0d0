/// Reward = effect of the prompt + effect of the model + bias + rest, at fixed weights.
///
/// An estimate is the curve by place of the level, then the effects of models. Effects of prompts
/// follow from it. A round of backfitting is an affine map of the estimate: the curve becomes the
/// smooth of what the effects leave, a model's effect the mean of what the others leave. Candidates
/// enter through sums by level and by model, which are computed once, and their levels.
struct AdditiveSystem {
  private let data: InformativeCandidates
  private let threads: Int
  private var smoother: any LevelSmoother
  /// By candidate; empty where all are one.
  private(set) var weights: [Float] = []
  /// By prompt, the weighted mean reward.
  private var means: [Double] = []
  /// By level and then by model, the weights, and the weighted sums of what candidates have beyond
  /// the mean of their prompt.
  private var tallies: [LocalRegression.Tally]
  private var modelWeights: [Double]
  private var sums: [Double]
  /// How many candidates each entry of an estimate stands for.
  let counts: [Double]

  init(_ data: InformativeCandidates, smoother: any LevelSmoother, threads: Int) {
    self.data = data
    self.threads = threads
    self.smoother = smoother
    tallies = Array(repeating: .init(), count: data.levels.count)
    modelWeights = Array(repeating: 0, count: data.modelCount)
    sums = []
    var modelCounts = [Double](repeating: 0, count: data.modelCount)
    for model in data.models { modelCounts[Int(model)] += 1 }
    counts = (0..<data.levels.count).map { Double(data.levels.candidates(at: $0)) } + modelCounts
    observe()
  }

  /// Gives candidates weights by their residuals from an estimate.
  mutating func weigh(by bisquare: Bisquare, residualsOf estimate: [Double]) {
    let effects = effects(of: estimate)
    weights = Array(repeating: 1, count: data.count)
    var next = 0
    data.forEachBatch { [data] prompts, values in
      var weights = weights.mutableSpan
      let first = next
      for prompt in prompts {
        for candidate in data.members(of: prompt) {
          let told =
            effects[prompt] + estimate[Int(data.places[candidate])]
            + (data.models.isEmpty
              ? 0 : estimate[data.levels.count + Int(data.models[candidate])])
          let rest = values[candidate - first] - told
          weights[candidate] = Float(rest.isNaN ? 0 : bisquare.weight(of: abs(rest)))
          next = candidate + 1
        }
      }
    }
    observe()
  }

  /// Sums the candidates up.
  private mutating func observe() {
    let levelCount = data.levels.count
    var tallies = [LocalRegression.Tally](repeating: .init(), count: levelCount)
    var modelWeights = [Double](repeating: 0, count: data.modelCount)
    var sums = [Double](repeating: 0, count: levelCount + data.modelCount)
    var means: [Double] = []
    means.reserveCapacity(data.prompts.count)
    let (places, models, weights) = (data.places, data.models, weights)
    var first = 0
    data.forEachBatch { [data] prompts, values in
      let (places, models, weights) = (places.span, models.span, weights.span)
      var end = first
      for prompt in prompts {
        let members = data.members(of: prompt)
        var (total, mass) = (0.0, 0.0)
        for candidate in members {
          let own = weights.isEmpty ? 1 : Double(weights[candidate])
          total += own * values[candidate - first]
          mass += own
        }
        let mean = total / mass
        means.append(mean)
        end = members.upperBound
        guard mass > 0 else { continue }
        for candidate in members {
          let own = weights.isEmpty ? 1 : Double(weights[candidate])
          let rest = own * (values[candidate - first] - mean)
          let place = Int(places[candidate])
          tallies[place].add(0, weight: own)
          sums[place] += rest
          guard !models.isEmpty else { continue }
          let model = Int(models[candidate])
          modelWeights[model] += own
          sums[levelCount + model] += rest
        }
      }
      first = end
    }
    (self.tallies, self.modelWeights, self.sums, self.means) = (tallies, modelWeights, sums, means)
  }

  /// The effects of the prompts that go with an estimate; NaN where none of its candidates has a
  /// weight.
  func effects(of estimate: [Double]) -> [Double] {
    data.prompts.indices.map { prompt in
      let (total, mass) = totals(of: prompt, estimate.span)
      return means[prompt] - total / mass
    }
  }

  @inline(__always)
  private func totals(of prompt: Int, _ estimate: Span<Double>) -> (Double, Double) {
    let members = data.members(of: prompt)
    var (total, mass) = (0.0, 0.0)
    for candidate in members {
      let weight = weights.isEmpty ? 1 : Double(weights[candidate])
      var told = estimate[Int(data.places[candidate])]
      if !data.models.isEmpty {
        told += estimate[data.levels.count + Int(data.models[candidate])]
      }
      total += weight * told
      mass += weight
    }
    return (total, mass)
  }

  /// A round of backfitting.
  ///
  /// - Parameter hasData: Whether rewards count; without them the map is linear.
  /// - Returns: The curve, where it is NaN there is none, and the effects of models.
  mutating func image(of estimate: [Double], hasData: Bool) -> [Double] {
    let levelCount = data.levels.count
    let added = addedByEffects(estimate)
    for place in 0..<levelCount {
      tallies[place].weightedValue = (hasData ? sums[place] : 0) + added[place]
    }
    var image = smoother.smooth(tallies, threads: threads)
    for model in 0..<data.modelCount {
      let entry = levelCount + model
      let sum = (hasData ? sums[entry] : 0) + added[entry]
      image.append(modelWeights[model] > 0 ? sum / modelWeights[model] : 0)
    }
    return image
  }

  /// What the effects that go with an estimate, but for the means of prompts, add to the sums.
  private func addedByEffects(_ estimate: [Double]) -> [Double] {
    let width = data.levels.count + data.modelCount
    let parts = max(min(data.count / (8 * max(width, 1)), Parallel.parts(of: data.count)), 1)
    var added = [Double](repeating: 0, count: width * parts)
    added.withUnsafeMutableBufferPointer { added in
      let threads = Parallel.worthwhile(threads, for: data.count, enough: 1 << 17)
      Parallel.perform(parts, threads: threads) { part in
        add(
          Parallel.range(part, of: parts, count: data.prompts.count), estimate.span,
          to: UnsafeMutableBufferPointer(rebasing: added[width * part..<width * (part + 1)]))
      }
      for part in 1..<parts {
        for entry in 0..<width { added[entry] += added[width * part + entry] }
      }
    }
    added.removeLast(added.count - width)
    return added
  }

  private func add(
    _ prompts: Range<Int>, _ estimate: Span<Double>, to sums: UnsafeMutableBufferPointer<Double>
  ) {
    let levelCount = data.levels.count
    for prompt in prompts {
      let (total, mass) = totals(of: prompt, estimate)
      guard mass > 0 else { continue }
      let mean = total / mass
      for candidate in data.members(of: prompt) {
        let weight = weights.isEmpty ? 1 : Double(weights[candidate])
        let place = Int(data.places[candidate])
        guard !data.models.isEmpty else {
          sums[place] += weight * mean
          continue
        }
        let model = levelCount + Int(data.models[candidate])
        sums[place] += weight * (mean - estimate[model])
        sums[model] += weight * (mean - estimate[place])
      }
    }
  }
}
