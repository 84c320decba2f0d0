import Records
import TestSupport
import Testing

@testable import PairBuilder

/// Every strategy against its definition, spelt out slowly, on random groups full of ties.
@Suite struct PairSelectorPropertyTests {
  typealias Choice = PairSelector.Choice

  static let strategies: [Strategy] = [
    .maxMin, .maxSecond, .maxRandom, .muSigma(sigma: 2), .muSigma(sigma: 0.7),
    .quantile(upper: 0.9, lower: 0.1), .quantile(upper: 0.75, lower: 0.25), .all(limit: nil),
    .all(limit: 3), .topBottom(count: 2), .lengthMatched(ratio: 1.25, count: 2),
    .neighbors(limit: nil), .neighbors(limit: 2), .modelPairs(limit: nil), .modelPairs(limit: 2),
  ]

  @Test(arguments: strategies, [1, 2, 3] as [UInt64])
  func outcomesFollowTheDefinition(strategy: Strategy, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for round in 0..<400 {
      let group = Self.group(using: &random)
      var selector = PairSelector(
        strategy: strategy, minCandidates: Int.random(in: 2...4, using: &random))
      if Bool.random(using: &random) { selector.rules.minMargin = 1 }
      if Bool.random(using: &random) { selector.rules.maxMargin = 2.5 }
      if Bool.random(using: &random) { selector.rules.chosenMinScore = 0.5 }
      if Bool.random(using: &random) { selector.rules.rejectedMaxScore = 0 }
      selector.rules.model = Self.model
      if Bool.random(using: &random) { selector.rules.mayBeChosen = { $0 % 3 != 1 } }
      if Bool.random(using: &random) { selector.rules.mayBeRejected = { $0 % 4 > 1 } }
      let draw = random.next()
      #expect(
        selector.outcome(among: group, random: draw)
          == Self.expected(selector, group, random: draw),
        "round \(round): \(group)")
    }
  }

  @Test(arguments: strategies, [4, 5] as [UInt64])
  func theOrderOfInputDoesNotMatter(strategy: Strategy, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var selector = PairSelector(strategy: strategy)
    selector.rules.model = Self.model
    for round in 0..<200 {
      let group = Self.group(using: &random)
      let draw = random.next()
      let outcome = selector.outcome(among: group, random: draw)
      for _ in 0..<3 {
        #expect(
          selector.outcome(among: group.shuffled(using: &random), random: draw) == outcome,
          "round \(round): \(group)")
      }
    }
  }

  @Test(arguments: strategies, [6] as [UInt64])
  func theBetterIsAlwaysChosen(strategy: Strategy, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var selector = PairSelector(strategy: strategy)
    selector.rules.model = Self.model
    for _ in 0..<300 {
      let group = Self.group(using: &random)
      guard case .pairs(let choices) = selector.outcome(among: group, random: random.next()) else {
        continue
      }
      #expect(!choices.isEmpty)
      for choice in choices {
        #expect(group[choice.chosen].score > group[choice.rejected].score)
      }
    }
  }

  /// Three models, and answers that name none.
  @Sendable private static func model(of candidate: Int) -> UInt32? {
    candidate % 4 == 3 ? nil : UInt32(candidate % 4)
  }

  /// Few different scores and lengths, so that most groups hold ties.
  private static func group(using random: inout SeededRandom) -> [RankedCandidate] {
    (0..<Int.random(in: 0...8, using: &random)).map { candidate in
      RankedCandidate(
        candidate: candidate, score: Double(Int.random(in: -4...4, using: &random)) / 2,
        length: Double(Int.random(in: 8...12, using: &random)))
    }
  }

  // MARK: The definition

  private static func expected(
    _ selector: PairSelector, _ group: [RankedCandidate], random: UInt64
  ) -> PairSelector.Outcome {
    guard group.count >= 2, group.count >= selector.minCandidates else {
      return .dropped(.tooFewCandidates)
    }
    // Rank: how many candidates are better. Selection, not sorting.
    var ranked = group
    for entry in group {
      let rank = group.count { other in
        (-other.score, other.length, Double(other.candidate))
          < (-entry.score, entry.length, Double(entry.candidate))
      }
      ranked[rank] = entry
    }
    let (chosen, rejected) = roles(ranked, selector.rules)
    guard let first = chosen.first, let last = rejected.last else {
      return .dropped(.noPairOfModels)
    }
    var wanted = candidatePairs(
      selector.strategy, ranked, chosen, rejected, selector.rules, random: random)
    if wanted.pairs.isEmpty {
      switch selector.strategy {
      case .lengthMatched: return .dropped(.noMatchedLength)
      case .neighbors, .modelPairs: return .dropped(.noPairOfModels)
      default: wanted.pairs = [(first, last)]
      }
    }
    let best = wanted.pairs[0]
    var good = wanted.pairs.filter { reason($0, selector) == nil }
    if case .modelPairs = selector.strategy {
      var seen: Set<Set<UInt32?>> = []
      good = good.filter { pair in
        seen.insert([model(of: pair.0.candidate), model(of: pair.1.candidate)]).inserted
      }
    }
    if good.isEmpty, let reason = reason(best, selector) { return .dropped(reason) }
    return .pairs(
      good.prefix(wanted.limit).map {
        Choice(chosen: $0.0.candidate, rejected: $0.1.candidate)
      })
  }

  private static func reason(
    _ pair: (RankedCandidate, RankedCandidate), _ selector: PairSelector
  ) -> PromptDrop? {
    let margin = pair.0.score - pair.1.score
    if margin <= 0 { return .noMargin }
    let rules = selector.rules
    if margin < rules.minMargin { return .belowMinMargin }
    if margin > rules.maxMargin ?? .infinity { return .aboveMaxMargin }
    if pair.0.score < rules.chosenMinScore ?? -.infinity { return .chosenBelowMinScore }
    return pair.1.score > rules.rejectedMaxScore ?? .infinity ? .rejectedAboveMaxScore : nil
  }

  /// The candidates that may be chosen, and those that may be rejected.
  private static func roles(
    _ ranked: [RankedCandidate], _ rules: PairRules
  ) -> (chosen: [RankedCandidate], rejected: [RankedCandidate]) {
    (
      ranked.filter { rules.mayBeChosen?($0.candidate) ?? true },
      ranked.filter { rules.mayBeRejected?($0.candidate) ?? true }
    )
  }

  private static func candidatePairs(
    _ strategy: Strategy, _ ranked: [RankedCandidate], _ chosen: [RankedCandidate],
    _ rejected: [RankedCandidate], _ rules: PairRules, random: UInt64
  ) -> (pairs: [(RankedCandidate, RankedCandidate)], limit: Int) {
    func rank(_ entry: RankedCandidate) -> Int { ranked.firstIndex(of: entry) ?? -1 }
    func isPair(_ high: RankedCandidate, _ low: RankedCandidate) -> Bool {
      rank(high) < rank(low) && chosen.contains(high) && rejected.contains(low)
    }
    let best = chosen[0]
    let below = rejected.filter { rank($0) > rank(best) }
    switch strategy {
    case .maxMin: return ([(best, rejected[rejected.count - 1])], 1)
    case .maxSecond: return (below.prefix(1).map { (best, $0) }, 1)
    case .maxRandom:
      guard !below.isEmpty else { return ([], 1) }
      return ([(best, below[Int(random % UInt64(below.count))])], 1)
    case .muSigma(let sigma):
      let scores = ranked.map(\.score)
      let mean = scores.reduce(0, +) / Double(scores.count)
      let deviation =
        (scores.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        / Double(scores.count)).squareRoot()
      let distances = below.map { abs($0.score - (mean - sigma * deviation)) }
      let place = distances.lastIndex { $0 == distances.min() }
      return (place.map { [(best, below[$0])] } ?? [], 1)
    case .quantile(let upper, let lower):
      // The smallest score that at least the wanted share of the candidates do not exceed in rank.
      func at(_ quantile: Double, _ ranked: [RankedCandidate]) -> RankedCandidate {
        let (ascending, count) = (Array(ranked.reversed()), ranked.count)
        let place = (1...count).first { Double($0) >= quantile * Double(count) } ?? count
        return ascending[place - 1]
      }
      return ([(at(upper, chosen), at(lower, rejected))], 1)
    case .topBottom(let pairs):
      let places = min(chosen.count, rejected.count)
      let all = (0..<places).map { (chosen[$0], rejected[rejected.count - 1 - $0]) }
      return (Array(all.prefix(pairs).filter { rank($0.0) < rank($0.1) }), pairs)
    case .all(let limit):
      return (byMargin(ranked, where: isPair), limit ?? .max)
    case .lengthMatched(let ratio, let pairs):
      let matched = byMargin(ranked) { first, second in
        isPair(first, second) && first.length <= ratio * second.length
          && second.length <= ratio * first.length
      }
      return (matched, pairs)
    case .neighbors(let limit):
      let pairs = ranked.indices.dropLast().map { (ranked[$0], ranked[$0 + 1]) }
      return (pairs.filter { isPair($0.0, $0.1) }, limit ?? .max)
    case .modelPairs(let limit):
      let pairs = byMargin(ranked) { first, second in
        let models = [model(of: first.candidate), model(of: second.candidate)].compactMap(\.self)
        return isPair(first, second) && Set(models).count == 2
      }
      return (pairs, limit ?? .max)
    }
  }

  private static func byMargin(
    _ ranked: [RankedCandidate], where isWanted: (RankedCandidate, RankedCandidate) -> Bool
  ) -> [(RankedCandidate, RankedCandidate)] {
    var pairs: [(RankedCandidate, RankedCandidate)] = []
    for high in ranked.indices {
      for low in ranked.indices where low > high && isWanted(ranked[high], ranked[low]) {
        pairs.append((ranked[high], ranked[low]))
      }
    }
    let margins = Set(pairs.map { $0.0.score - $0.1.score }).sorted(by: >)
    // Pairs of equal margin stay in rank order.
    return margins.flatMap { margin in pairs.filter { $0.0.score - $0.1.score == margin } }
  }
}
