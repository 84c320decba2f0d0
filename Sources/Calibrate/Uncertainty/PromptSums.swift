/// What rounds of backfitting need of the candidates, summed by bins and models, for all refits.
///
/// The effect of a prompt is the mean of what its candidates leave, so a round is an affine map of the
/// curve and the effects of models, of which this is the part before the smooth.
struct PromptSums {
  private let binCount: Int
  private let count: Int
  /// By bin and then by model.
  private(set) var weights: [Lanes]
  /// The weighted sums of what candidates have beyond the mean of their prompt.
  private var values: [Lanes]
  /// How an entry counts in the sum of another, in rows.
  private var coupling: [Lanes]
  // The present prompt: what its candidates weigh in each entry, and which entries it has.
  private var own: [Lanes]
  private var touched: [Int] = []
  private var isTouched: [Bool]

  private static let zero = Lanes(repeating: 0)

  init(binCount: Int, modelCount: Int) {
    self.binCount = binCount
    count = binCount + modelCount
    weights = Array(repeating: Self.zero, count: count)
    values = weights
    own = weights
    isTouched = Array(repeating: false, count: count)
    coupling = Array(repeating: Self.zero, count: count * count)
  }

  /// Adds the candidates of a prompt.
  ///
  /// - Parameters:
  ///   - bins: For each candidate its bin.
  ///   - models: For each candidate its model; empty where models have no effects.
  mutating func add(_ bins: [Int], _ models: [Int], _ rewards: [Double], weights own: [Lanes]) {
    var mass = Self.zero
    var mean = Self.zero
    for index in bins.indices {
      mass += own[index]
      mean += own[index] * rewards[index]
    }
    let share = (Lanes(repeating: 1) / mass).finite
    mean = mean * share
    for index in bins.indices {
      let value = own[index] * (rewards[index] - mean)
      note(bins[index], weight: own[index], value)
      guard !models.isEmpty else { continue }
      let model = binCount + models[index]
      note(model, weight: own[index], value)
      coupling[bins[index] * count + model] += Self.zero - own[index]
    }
    touched.sort()
    for (number, first) in touched.enumerated() {
      let part = self.own[first] * share
      for second in touched[number...] {
        coupling[first * count + second] += part * self.own[second]
      }
    }
    for entry in touched {
      self.own[entry] = Self.zero
      isTouched[entry] = false
    }
    touched.removeAll(keepingCapacity: true)
  }

  private mutating func note(_ entry: Int, weight: Lanes, _ value: Lanes) {
    weights[entry] += weight
    values[entry] += value
    if !isTouched[entry] {
      isTouched[entry] = true
      touched.append(entry)
    }
    own[entry] += weight
  }

  /// Completes the sums, of which one half was added up.
  mutating func finish() {
    for first in 0..<count {
      for second in 0..<first {
        coupling[first * count + second] = coupling[second * count + first]
      }
    }
  }

  /// The sums of what candidates have beyond the effects that go with an estimate.
  func image(of estimate: [Lanes]) -> [Lanes] {
    (0..<count).map { row in
      var sum = values[row]
      for (column, entry) in estimate.enumerated() {
        sum += coupling[row * count + column] * entry
      }
      return sum
    }
  }
}
