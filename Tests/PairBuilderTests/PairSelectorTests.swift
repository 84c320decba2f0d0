import Records
import Testing

@testable import PairBuilder

/// Every strategy against cases worked out by hand.
@Suite struct PairSelectorTests {
  typealias Choice = PairSelector.Choice

  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let selector: PairSelector
    /// Score and length of candidates 0, 1, 2, ….
    let group: [(score: Double, length: Double)]
    var random: UInt64 = 0
    let outcome: PairSelector.Outcome
    var testDescription: String { name }

    init(
      _ name: String, _ strategy: Strategy, _ scores: [Double], lengths: [Double]? = nil,
      random: UInt64 = 0, margins: ClosedRange<Double> = 0...(.infinity), minCandidates: Int = 2,
      gives outcome: PairSelector.Outcome
    ) {
      self.name = name
      var rules = PairRules()
      rules.minMargin = margins.lowerBound
      rules.maxMargin = margins.upperBound.isFinite ? margins.upperBound : nil
      selector = PairSelector(strategy: strategy, minCandidates: minCandidates, rules: rules)
      let lengths = lengths ?? scores.map { _ in 1 }
      group = zip(scores, lengths).map { ($0, $1) }
      self.random = random
      self.outcome = outcome
    }

    var candidates: [RankedCandidate] {
      group.enumerated().map {
        RankedCandidate(candidate: $0, score: $1.score, length: $1.length)
      }
    }
  }

  @Test func tiesAreBrokenAsTold() {
    func outcome(_ scores: [Double], tieBreaks: [Double], drops: Bool) -> PairSelector.Outcome {
      var rules = PairRules()
      rules.dropsTies = drops
      return PairSelector(strategy: .maxMin, rules: rules).outcome(
        among: scores.indices.map {
          RankedCandidate(
            candidate: $0, score: scores[$0], length: Double($0), tieBreak: tieBreaks[$0])
        }, random: 0)
    }
    let breaks: [Double] = [7, 3, 5, 1]
    #expect(outcome([2, 2, 1, 1], tieBreaks: breaks, drops: false) == Self.pairs((1, 2)))
    #expect(outcome([2, 2, 1, 0], tieBreaks: breaks, drops: true) == .dropped(.tied))
    #expect(outcome([2, 1, 1, 0], tieBreaks: breaks, drops: true) == Self.pairs((0, 3)))
    #expect(outcome([2, 1, 0, 0], tieBreaks: breaks, drops: true) == .dropped(.tied))
  }

  private static func pairs(_ choices: (Int, Int)...) -> PairSelector.Outcome {
    .pairs(choices.map { Choice(chosen: $0.0, rejected: $0.1) })
  }

  static let single: [Example] = [
    Example("best and worst", .maxMin, [2, 5, 1, 3], gives: pairs((1, 2))),
    Example(
      "equal scores: shorter first, longer last", .maxMin, [1, 1, 2, 2],
      lengths: [3, 4, 6, 5], gives: pairs((3, 1))),
    Example(
      "equal lengths too: earlier first, later last", .maxMin, [1, 2, 2, 1], gives: pairs((1, 3))),
    Example("best and second", .maxSecond, [2, 5, 1, 3], gives: pairs((1, 3))),
    Example("best and second of two", .maxSecond, [1, 2], gives: pairs((1, 0))),
    Example("random 0 takes the second", .maxRandom, [2, 5, 1, 3], gives: pairs((1, 3))),
    Example("random 2 takes the last", .maxRandom, [2, 5, 1, 3], random: 2, gives: pairs((1, 2))),
    Example("random wraps round", .maxRandom, [2, 5, 1, 3], random: 4, gives: pairs((1, 0))),
    Example(
      "the largest random number", .maxRandom, [2, 5, 1, 3], random: .max, gives: pairs((1, 3))),
    // Mean 5, deviation √5 = 2.236: 5 - 2.236 = 2.76 is nearest to 2 (0.76), before 4 (1.24).
    Example("sigma 1", .muSigma(sigma: 1), [8, 6, 4, 2], gives: pairs((0, 3))),
    // 5 - 0.5 · 2.236 = 3.88
    Example("sigma ½", .muSigma(sigma: 0.5), [8, 6, 4, 2], gives: pairs((0, 2))),
    // 5 is as near to 6 as to 4.
    Example("sigma 0, a tie", .muSigma(sigma: 0), [8, 6, 4, 2], gives: pairs((0, 2))),
    // 5 + 3 · 2.236 = 11.7: never the best against itself.
    Example("sigma below 0", .muSigma(sigma: -3), [8, 6, 4, 2], gives: pairs((0, 1))),
    // Nearest rank of 4 ascending: ⌈0.9·4⌉ = 4th, ⌈0.3·4⌉ = 2nd.
    Example(
      "quantiles", .quantile(upper: 0.9, lower: 0.3), [2, 5, 1, 3], gives: pairs((1, 0))),
    Example(
      "quantiles 1 and 0 are best and worst", .quantile(upper: 1, lower: 0), [2, 5, 1, 3],
      gives: pairs((1, 2))),
    Example(
      "the median by nearest rank", .quantile(upper: 1, lower: 0.5), [2, 5, 1, 3],
      gives: pairs((1, 0))),
    Example(
      "quantiles on one candidate", .quantile(upper: 0.6, lower: 0.55), [2, 1],
      gives: .dropped(.noMargin)),
  ]

  static let several: [Example] = [
    Example(
      "all, the largest margin first", .all(limit: nil), [1, 4, 2],
      gives: pairs((1, 0), (1, 2), (2, 0))),
    Example("all, with a limit", .all(limit: 2), [1, 4, 2], gives: pairs((1, 0), (1, 2))),
    Example(
      "all but those without a margin", .all(limit: nil), [1, 2, 1], gives: pairs((1, 0), (1, 2))),
    Example(
      "all within margins", .all(limit: nil), [1, 4, 2], margins: 1.5...2.5, gives: pairs((1, 2))),
    Example(
      "a pair past the margins takes no place", .all(limit: 1), [1, 4, 2], margins: 0...2.5,
      gives: pairs((1, 2))),
    Example(
      "equal margins in rank order", .all(limit: nil), [3, 2, 1],
      gives: pairs((0, 2), (0, 1), (1, 2))),
    Example(
      "top and bottom", .topBottom(count: 2), [1, 5, 2, 4, 3], gives: pairs((1, 0), (3, 2))),
    Example("no more than halves", .topBottom(count: 9), [1, 5, 3], gives: pairs((1, 0))),
    Example(
      "matched lengths", .lengthMatched(ratio: 1.5, count: 1), [9, 5, 4, 1],
      lengths: [100, 40, 60, 61], gives: pairs((2, 3))),
    Example(
      "matched by the ratio exactly", .lengthMatched(ratio: 1.5, count: 3), [3, 2, 1],
      lengths: [60, 40, 90], gives: pairs((0, 2), (0, 1))),
    Example(
      "matched by a ratio of 1", .lengthMatched(ratio: 1, count: 9), [3, 2, 1],
      lengths: [7, 8, 7], gives: pairs((0, 2))),
  ]

  static let drops: [Example] = [
    Example("nobody", .maxMin, [], gives: .dropped(.tooFewCandidates)),
    Example("one", .all(limit: nil), [1], gives: .dropped(.tooFewCandidates)),
    Example(
      "one, though one would do", .maxMin, [1], minCandidates: 1, gives: .dropped(.tooFewCandidates)
    ),
    Example("two of three", .maxMin, [1, 2], minCandidates: 3, gives: .dropped(.tooFewCandidates)),
    Example("three of three", .maxMin, [1, 2, 3], minCandidates: 3, gives: pairs((2, 0))),
    Example("all equal", .maxMin, [2, 2, 2], gives: .dropped(.noMargin)),
    Example("best equals second", .maxSecond, [2, 2, 1], gives: .dropped(.noMargin)),
    Example("all equal, every pair", .all(limit: nil), [2, 2, 2], gives: .dropped(.noMargin)),
    Example("infinitely good both", .maxMin, [.infinity, .infinity], gives: .dropped(.noMargin)),
    Example("below", .maxMin, [1, 2], margins: 1.5...9, gives: .dropped(.belowMinMargin)),
    Example("just enough", .maxMin, [1, 2.5], margins: 1.5...9, gives: pairs((1, 0))),
    Example("above", .maxMin, [1, 12], margins: 1.5...9, gives: .dropped(.aboveMaxMargin)),
    Example("just not above", .maxMin, [1, 10], margins: 1.5...9, gives: pairs((1, 0))),
    Example(
      "the reason is that of the largest margin", .all(limit: nil), [1, 2, 12], margins: 2...5,
      gives: .dropped(.aboveMaxMargin)),
    Example(
      "no lengths match", .lengthMatched(ratio: 2, count: 1), [1, 2], lengths: [1, 3],
      gives: .dropped(.noMatchedLength)),
    Example(
      "lengths match, scores too", .lengthMatched(ratio: 2, count: 1), [1, 1], lengths: [1, 2],
      gives: .dropped(.noMargin)),
  ]

  @Test(arguments: single + several + drops)
  func handWorkedCases(example: Example) {
    #expect(
      example.selector.outcome(among: example.candidates, random: example.random)
        == example.outcome)
    #expect(
      example.selector.outcome(among: example.candidates.reversed(), random: example.random)
        == example.outcome)
  }

  @Test func marginsWithinThePrecisionOfScoresAreNoPairs() {
    var selector = PairSelector(strategy: .maxMin)
    let candidates = [
      RankedCandidate(candidate: 0, score: 1, length: 5),
      RankedCandidate(candidate: 1, score: 1.5, length: 6),
    ]
    selector.rules.precision = 0.5
    #expect(selector.outcome(among: candidates, random: 0) == .dropped(.belowPrecision))
    selector.rules.precision = 0.49
    #expect(
      selector.outcome(among: candidates, random: 0) == .pairs([.init(chosen: 1, rejected: 0)]))
  }
}
