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
  ]

  @Test(arguments: strategies, [1, 2, 3] as [UInt64])
  func outcomesFollowTheDefinition(strategy: Strategy, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for round in 0..<400 {
      let group = Self.group(using: &random)
      var selector = PairSelector(
        strategy: strategy, minCandidates: Int.random(in: 2...4, using: &random))
      if Bool.random(using: &random) { selector.minMargin = 1 }
      if Bool.random(using: &random) { selector.maxMargin = 2.5 }
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
    let selector = PairSelector(strategy: strategy)
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
    let selector = PairSelector(strategy: strategy)
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
    let wanted = candidatePairs(selector.strategy, ranked, random: random)
    guard let best = wanted.pairs.first else { return .dropped(.noMatchedLength) }
    let good = wanted.pairs.filter { reason($0, selector) == nil }
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
    if margin < selector.minMargin { return .belowMinMargin }
    return margin > selector.maxMargin ?? .infinity ? .aboveMaxMargin : nil
  }

  private static func candidatePairs(
    _ strategy: Strategy, _ ranked: [RankedCandidate], random: UInt64
  ) -> (pairs: [(RankedCandidate, RankedCandidate)], limit: Int) {
    let count = ranked.count
    switch strategy {
    case .maxMin: return ([(ranked[0], ranked[count - 1])], 1)
    case .maxSecond: return ([(ranked[0], ranked[1])], 1)
    case .maxRandom:
      let others = Array(ranked.dropFirst())
      return ([(ranked[0], others[Int(random % UInt64(others.count))])], 1)
    case .muSigma(let sigma):
      let scores = ranked.map(\.score)
      let mean = scores.reduce(0, +) / Double(count)
      let deviation = (scores.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(count))
        .squareRoot()
      let distances = ranked.map { abs($0.score - (mean - sigma * deviation)) }
      let nearest = distances.dropFirst().min() ?? 0
      let place = distances.indices.last { $0 > 0 && distances[$0] == nearest } ?? 1
      return ([(ranked[0], ranked[place])], 1)
    case .quantile(let upper, let lower):
      // The smallest score that at least the wanted share of the candidates do not exceed in rank.
      func at(_ quantile: Double) -> RankedCandidate {
        let ascending = Array(ranked.reversed())
        let place = (1...count).first { Double($0) >= quantile * Double(count) } ?? count
        return ascending[place - 1]
      }
      return ([(at(upper), at(lower))], 1)
    case .topBottom(let pairs):
      return (
        (0..<count / 2).map { (ranked[$0], ranked[count - 1 - $0]) }.prefix(pairs) + [], pairs
      )
    case .all(let limit):
      return (byMargin(ranked) { _, _ in true }, limit ?? .max)
    case .lengthMatched(let ratio, let pairs):
      let matched = byMargin(ranked) { first, second in
        first.length <= ratio * second.length && second.length <= ratio * first.length
      }
      return (matched, pairs)
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
