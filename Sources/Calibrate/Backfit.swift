/// The state of a within-prompt fit between passes over the candidates.
struct Backfit {
  /// What is known about the lengths of a prompt's candidates.
  private enum Lengths: Equatable {
    case none
    case one(code: UInt32)
    case several
  }

  private let levels: [Double]
  private var lengths: [Lengths]
  /// Candidates of the population, by prompt and by level.
  private var members: [UInt32]
  private var counts: [Int]
  /// Candidates of informative prompts, by level.
  private var informativeCounts: [Int]
  private var reward = StreamingMoments()
  private var informativeReward = StreamingMoments()
  /// The bias at every level that the present round starts from.
  private(set) var bias: [Double]
  /// The last smooth and the one before, interpolated where they have none, and how far each lay
  /// from the bias its round had started from.
  private var smooth: Round
  private var previous: Round?
  /// The last smooth as it came, shifted like `smooth`; NaN where it has none.
  private var fitted: [Double]

  private struct Round {
    var table: [Double]
    var movement: [Double]
  }

  /// The levels of informative prompts.
  private(set) var population: PopulationLevels
  /// The effects of the prompts; NaN for one that takes no part.
  var effects: [Double]
  private(set) var convergence = WithinPrompt.Convergence()

  init(levels: [Double], promptCount: Int) {
    self.levels = levels
    lengths = Array(repeating: .none, count: promptCount)
    members = Array(repeating: 0, count: promptCount)
    counts = Array(repeating: 0, count: levels.count)
    informativeCounts = counts
    population = PopulationLevels(levels: levels, counts: counts)
    bias = levels.map { $0.isFinite ? 0 : .nan }
    smooth = Round(table: bias, movement: bias)
    fitted = Array(repeating: .nan, count: levels.count)
    effects = Array(repeating: .nan, count: promptCount)
  }

  /// Takes note of one candidate; every candidate once, before anything else.
  mutating func count(_ value: Double, code: Int, prompt: Int) {
    guard !value.isNaN, levels[code].isFinite else { return }
    counts[code] += 1
    members[prompt] += 1
    reward.add(value)
    switch lengths[prompt] {
    case .none: lengths[prompt] = .one(code: UInt32(code))
    case .one(let first) where Int(first) != code: lengths[prompt] = .several
    default: break
    }
  }

  /// Takes note of one candidate again, now that the informative prompts are known.
  mutating func countInformative(_ value: Double, code: Int, prompt: Int) {
    guard lengths[prompt] == .several, !value.isNaN, levels[code].isFinite else { return }
    informativeCounts[code] += 1
    informativeReward.add(value)
  }

  /// Ends the counting.
  ///
  /// - Returns: Whether there is anything to fit.
  mutating func finishCounting() -> Bool {
    convergence.informativePrompts = lengths.reduce(0) { $0 + ($1 == .several ? 1 : 0) }
    convergence.informativeCandidates = informativeReward.count
    population = PopulationLevels(levels: levels, counts: informativeCounts)
    convergence.hasConverged = informativeReward.count == 0
    return informativeReward.count > 0
  }
}

extension Backfit {
  /// Begins a round: forgets the effects of the last one.
  mutating func beginRound() {
    for prompt in effects.indices { effects[prompt] = 0 }
  }

  /// Adds what a candidate has beyond the bias of its length to the effect of its prompt.
  mutating func addToEffect(_ value: Double, code: Int, prompt: Int) {
    let rest = value - bias[code]
    if !rest.isNaN { effects[prompt] += rest }
  }

  /// Turns the sums into means.
  mutating func finishEffects() {
    for prompt in effects.indices {
      effects[prompt] =
        lengths[prompt] == .several ? effects[prompt] / Double(members[prompt]) : .nan
    }
  }

  /// Ends a round with a new smooth of what candidates have beyond the effects of their prompts.
  ///
  /// - Parameter newSmooth: By level, NaN where it has none.
  /// - Returns: Whether the curve still moves.
  mutating func move(to newSmooth: [Double], tolerance: Double) -> Bool {
    convergence.rounds += 1
    let knots = levels.indices.filter { informativeCounts[$0] > 0 && !newSmooth[$0].isNaN }.map {
      BiasCurve.Knot(length: levels[$0], bias: newSmooth[$0], candidates: informativeCounts[$0])
    }
    guard !knots.isEmpty else {
      fitted = newSmooth
      convergence.hasConverged = true
      return false
    }
    var table = BiasCurve(characteristic: "", alpha: 1, shape: .knots(knots)).table(for: levels)
    let offset = Self.offset(of: table, toMean: 0, over: informativeCounts)
    for code in table.indices { table[code] = levels[code].isFinite ? table[code] + offset : .nan }
    fitted = newSmooth.map { $0 + offset }
    previous = convergence.rounds > 1 ? smooth : nil
    smooth = Round(table: table, movement: zip(table, bias).map { $0 - $1 })
    convergence.lastMovement = levels.indices.reduce(0) { largest, code in
      informativeCounts[code] > 0 ? max(largest, abs(smooth.movement[code])) : largest
    }
    convergence.hasConverged =
      convergence.lastMovement <= tolerance * informativeReward.variance.squareRoot()
    bias = extrapolated()
    return !convergence.hasConverged
  }

  /// Where the next round starts: past the last smooth, as far as the last two rounds suggest.
  ///
  /// Where lengths differ more between prompts than within, each plain round goes only a small
  /// part of the way that is left. This is the secant method for vectors (Anderson 1965, depth 1),
  /// weighted by candidates; it has the same fixed points.
  private func extrapolated() -> [Double] {
    guard let previous else { return smooth.table }
    var product = 0.0
    var square = 0.0
    for code in levels.indices where informativeCounts[code] > 0 {
      let difference = smooth.movement[code] - previous.movement[code]
      product += Double(informativeCounts[code]) * smooth.movement[code] * difference
      square += Double(informativeCounts[code]) * difference * difference
    }
    let step = -product / square
    guard step > 0, step <= Self.longestStep else { return smooth.table }
    return zip(smooth.table, previous.table).map { $0 + step * ($0 - $1) }
  }

  /// A longer step would trust the last two rounds too much.
  private static var longestStep: Double { 50 }

  /// Sets the free constant and gives the result away.
  consuming func finish() -> WithinPrompt.Fit {
    let offset = Self.offset(of: smooth.table, toMean: reward.mean, over: counts)
    return WithinPrompt.Fit(
      fitted: fitted.map { $0 + offset },
      population: population,
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
