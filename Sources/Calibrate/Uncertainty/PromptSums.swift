/// What rounds of backfitting need of the candidates, summed by bins and models.
///
/// The effect of a prompt is the mean of what its candidates leave, so a round is an affine map of the
/// curve and the effects of models, of which this is the part before the smooth.
struct PromptSums<Term: Additive> {
  private let binCount: Int
  private let count: Int
  /// By bin and then by model.
  private(set) var weights: [Term]
  /// The weighted sums of what candidates have beyond the mean of their prompt.
  private var values: [Term]
  /// How an entry counts in the sum of another, in rows; none where prompts have no effects.
  ///
  /// Until all is added, right of the diagonal only.
  private var coupling: [Term]
  // The present prompt: the entries it has, models once, and what its candidates weigh in each.
  private var entries: [Int] = []
  private var masses: [Term] = []

  /// - Parameter scope: Within prompts these have effects, otherwise there is only the curve.
  init(_ scope: BiasScope, binCount: Int, modelCount: Int) {
    self.init(
      binCount: binCount, count: binCount + modelCount, hasEffects: scope != .global)
  }

  private init(binCount: Int, count: Int, hasEffects: Bool) {
    self.binCount = binCount
    self.count = count
    weights = Array(repeating: .zero, count: count)
    values = weights
    coupling = Array(repeating: .zero, count: hasEffects ? count * count : 0)
  }

  /// Whether a round depends on the estimate; else the first is the last.
  var hasEffects: Bool { !coupling.isEmpty }

  /// Adds the candidates of a prompt.
  ///
  /// - Parameters:
  ///   - bins: For each candidate its bin.
  ///   - models: For each candidate its model; empty where models have no effects.
  ///   - own: For each candidate its weight.
  mutating func add(
    _ bins: Span<Int>, _ models: Span<Int>, _ rewards: Span<Double>, weights own: Span<Term>
  ) {
    guard hasEffects else {
      for index in bins.indices {
        note(bins[index], weight: own[index], own[index] * rewards[index])
      }
      return
    }
    var mass = Term.zero
    var mean = Term.zero
    for index in bins.indices {
      mass += own[index]
      mean += own[index] * rewards[index]
    }
    let share = mass.share
    mean = mean * share
    entries.removeAll(keepingCapacity: true)
    masses.removeAll(keepingCapacity: true)
    for index in bins.indices {
      note(bins[index], weight: own[index], own[index] * (Term.one * rewards[index] - mean))
      entries.append(bins[index])
      masses.append(own[index])
    }
    for index in models.indices {
      let model = binCount + models[index]
      note(model, weight: own[index], own[index] * (Term.one * rewards[index] - mean))
      let cell = bins[index] * count + model
      coupling[cell] = coupling[cell] - own[index]
      if let place = entries[bins.count...].firstIndex(of: model) {
        masses[place] += own[index]
      } else {
        entries.append(model)
        masses.append(own[index])
      }
    }
    let (width, entries, masses) = (count, entries, masses)
    var cells = coupling.mutableSpan
    Term.couple(entries.span, masses.span, share, in: &cells, width: width)
  }

  private mutating func note(_ entry: Int, weight: Term, _ value: Term) {
    weights[entry] += weight
    values[entry] += value
  }

  /// Completes the sums, of which one half was added up.
  mutating func finish() {
    guard hasEffects else { return }
    for first in 0..<count {
      for second in 0..<first {
        coupling[first * count + second] = coupling[second * count + first]
      }
    }
  }

  /// The sums of what candidates have beyond the effects that go with an estimate.
  func image(of estimate: [Term]) -> [Term] {
    guard hasEffects else { return values }
    let coupling = coupling.span
    let estimate = estimate.span
    return (0..<count).map { row in
      var sum = values[row]
      for column in 0..<count { sum += coupling[row * count + column] * estimate[column] }
      return sum
    }
  }

  /// The sums if every reward were what a curve has in its bin.
  func replacing(rewards curve: [Term]) -> PromptSums {
    var sums = self
    sums.values = Array(repeating: .zero, count: count)
    let told = sums.image(of: curve + Array(repeating: .zero, count: count - binCount))
    for entry in 0..<count {
      sums.values[entry] =
        entry < binCount ? weights[entry] * curve[entry] - told[entry] : Term.zero - told[entry]
    }
    return sums
  }
}

extension PromptSums<Lanes> {
  /// Sums without each group, and of all, from those of the groups.
  init(_ groups: [PromptSums<Double>]) {
    let first = groups[0]
    self.init(binCount: first.binCount, count: first.count, hasEffects: first.hasEffects)
    var numbers = [Double](repeating: 0, count: groups.count)
    func withoutEach(_ columns: [[Double]], at place: Int) -> Lanes {
      for group in columns.indices { numbers[group] = columns[group][place] }
      return Lanes(withoutEach: numbers.span)
    }
    let (ownWeights, ownValues) = (groups.map(\.weights), groups.map(\.values))
    for entry in weights.indices {
      weights[entry] = withoutEach(ownWeights, at: entry)
      values[entry] = withoutEach(ownValues, at: entry)
    }
    let ownCoupling = groups.map(\.coupling)
    for row in 0..<(hasEffects ? count : 0) {
      for cell in row * count + row..<(row + 1) * count {
        coupling[cell] = withoutEach(ownCoupling, at: cell)
      }
    }
    finish()
  }
}
