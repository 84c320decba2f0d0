/// The state of a within-prompt fit between passes over the candidates.
package struct Backfit {
  /// What is known about the lengths of a prompt's candidates.
  private enum Lengths: Equatable {
    case none
    case one(code: Int)
    case several
  }

  private let levels: [Double]
  private var lengths: [Lengths]
  /// Candidates of the population, by prompt and by level.
  private var members: [Int]
  private var counts: [Int]
  /// Candidates of informative prompts, by level.
  private var informativeCounts: [Int]
  private var reward = StreamingMoments()
  private var informativeReward = StreamingMoments()
  /// The bias at every level, interpolated where the smooth has none.
  private var bias: [Double]

  /// The last smooth, shifted like `bias`; NaN where it has none.
  private var fitted: [Double]
  /// The effects of the prompts; NaN for one that takes no part.
  package private(set) var effects: [Double]
  package private(set) var convergence = WithinPrompt.Convergence()

  package init(levels: [Double], promptCount: Int) {
    self.levels = levels
    lengths = Array(repeating: .none, count: promptCount)
    members = Array(repeating: 0, count: promptCount)
    counts = Array(repeating: 0, count: levels.count)
    informativeCounts = counts
    bias = Array(repeating: 0, count: levels.count)
    fitted = Array(repeating: .nan, count: levels.count)
    effects = Array(repeating: .nan, count: promptCount)
  }

  /// Takes note of one candidate; every candidate once, before anything else.
  package mutating func count(_ value: Double, code: Int, prompt: Int) {
    guard !value.isNaN, levels[code].isFinite else { return }
    counts[code] += 1
    members[prompt] += 1
    reward.add(value)
    switch lengths[prompt] {
    case .none: lengths[prompt] = .one(code: code)
    case .one(let first) where first != code: lengths[prompt] = .several
    default: break
    }
  }

  /// Takes note of one candidate again, now that the informative prompts are known.
  package mutating func countInformative(_ value: Double, code: Int, prompt: Int) {
    guard lengths[prompt] == .several, !value.isNaN, levels[code].isFinite else { return }
    informativeCounts[code] += 1
    informativeReward.add(value)
  }

  /// Ends the counting.
  ///
  /// - Returns: Whether there is anything to fit.
  package mutating func finishCounting() -> Bool {
    convergence.informativePrompts = lengths.reduce(0) { $0 + ($1 == .several ? 1 : 0) }
    convergence.informativeCandidates = informativeReward.count
    convergence.hasConverged = informativeReward.count == 0
    return informativeReward.count > 0
  }
}

extension Backfit {
  /// Begins a round: forgets the effects of the last one.
  package mutating func beginRound() {
    for prompt in effects.indices { effects[prompt] = 0 }
  }

  /// Adds what a candidate has beyond the bias of its length to the effect of its prompt.
  @inline(__always)
  package mutating func addToEffect(_ value: Double, code: Int, prompt: Int) {
    let rest = value - bias[code]
    if !rest.isNaN { effects[prompt] += rest }
  }

  /// Turns the sums into means.
  package mutating func finishEffects() {
    for prompt in effects.indices {
      effects[prompt] =
        lengths[prompt] == .several ? effects[prompt] / Double(members[prompt]) : .nan
    }
  }

  /// Ends a round with a new smooth of what candidates have beyond the effects of their prompts.
  ///
  /// - Parameter smooth: By level, NaN where it has none.
  /// - Returns: Whether the curve still moves.
  package mutating func move(to smooth: [Double], tolerance: Double) -> Bool {
    convergence.rounds += 1
    let knots = levels.indices.filter { informativeCounts[$0] > 0 && !smooth[$0].isNaN }.map {
      BiasCurve.Knot(length: levels[$0], bias: smooth[$0], candidates: informativeCounts[$0])
    }
    guard !knots.isEmpty else {
      fitted = smooth
      convergence.hasConverged = true
      return false
    }
    var table = BiasCurve(characteristic: "", alpha: 1, shape: .knots(knots)).table(for: levels)
    let offset = Self.offset(of: table, toMean: 0, over: informativeCounts)
    for code in table.indices { table[code] += offset }
    fitted = smooth.map { $0 + offset }
    var movement = 0.0
    for code in levels.indices where informativeCounts[code] > 0 {
      movement = max(movement, abs(table[code] - bias[code]))
    }
    bias = table
    convergence.lastMovement = movement
    convergence.hasConverged =
      movement <= tolerance * informativeReward.variance.squareRoot()
    return !convergence.hasConverged
  }

  /// Sets the free constant and gives the result away.
  package consuming func finish() -> WithinPrompt.Fit {
    let offset = Self.offset(of: bias, toMean: reward.mean, over: counts)
    return WithinPrompt.Fit(
      fitted: fitted.map { $0 + offset }, population: PopulationLevels(levels: levels, counts: informativeCounts),
      convergence: convergence)
  }

  /// What to add to a curve so that its mean over candidates is as given.
  private static func offset(
    of table: [Double], toMean mean: Double, over counts: [Int]
  ) -> Double {
    var total = CompensatedSum()
    var candidates = 0
    for code in table.indices where counts[code] > 0 {
      total.add(Double(counts[code]) * table[code])
      candidates += counts[code]
    }
    return candidates > 0 ? mean - total.value / Double(candidates) : 0
  }
}
