/// An example of a benchmark: a prompt with answers, which of them are right, and a reward model's
/// scores.
struct ScoredExample: Sendable {
  /// How an example counts.
  enum Rule: Hashable, Sendable {
    /// One answer is right and one wrong.
    case pair
    /// The best answer is to be a right one; answers that share the best score share the point,
    /// whatever the rule for ties, as in RewardBench 2.
    case best
    /// The mean over every right answer against every wrong one, where each side has its answers by
    /// style, from plain to elaborate, as in RM-Bench.
    case everyStyle
    /// Every right answer is to be better than every wrong one; the subset has a formula of its
    /// own, as published.
    case ties(isReference: Bool)
  }

  var id: String
  var subset: String
  /// The benchmark's name for subsets that count as one; nil where the subset tells.
  var section: String?
  /// What answers to one prompt share, so that they are resampled together.
  var prompt: UInt64
  /// The right ones first.
  var answers: [ScoredAnswer]
  var rightCount = 1
  var rule = Rule.pair
  /// What the row says of the preference, 1 for right; NaN where it says nothing.
  var result: Double
}

/// What is kept of an answer.
struct ScoredAnswer: Sendable {
  /// NaN where the row has none.
  var score: Double
  /// The characteristics; NaN where one cannot be had.
  var characteristics: [Double]
  /// Unicode code points.
  var characters: Double

  init(score: Double, _ measures: TextMeasures) {
    self.score = score
    characteristics = measures.characteristics
    characters = measures.characters
  }

  /// Whether there is a score and every characteristic.
  var isComplete: Bool { !score.isNaN && !characteristics.contains(where: \.isNaN) }
}

extension ScoredExample {
  /// The places of a right and a wrong answer for every comparison, right by right.
  var comparisons: [(right: Int, wrong: Int)] {
    (0..<rightCount).flatMap { right in
      (rightCount..<answers.count).map { (right: right, wrong: $0) }
    }
  }

  /// What the example counts by the margins of its ``comparisons``.
  ///
  /// By ``Rule/pair`` and ``Rule/best`` 1 where a right answer is the best, the share of right ones
  /// among the best where a wrong one is as good.
  func points(_ margins: [Double], ties: TieRule) -> (value: Double, isTie: Bool) {
    switch rule {
    case .everyStyle:
      let sum = margins.reduce(0) { $0 + ties.points($1) }
      return (sum / Double(margins.count), margins.contains(0))
    case .ties:
      let least = margins.min() ?? -1
      return (least > 0 ? 1 : 0, least == 0)
    case .pair, .best:
      return bestPoints(margins, ties: ties)
    }
  }

  private func bestPoints(_ margins: [Double], ties: TieRule) -> (value: Double, isTie: Bool) {
    let wrongCount = answers.count - rightCount
    let rows = (0..<rightCount).map {
      margins.dropFirst($0 * wrongCount).prefix(wrongCount)
    }
    let best = rows.compactMap { $0.min() }.max() ?? -1
    guard best == 0 else { return (best > 0 ? 1 : 0, false) }
    guard rule == .best || ties == .half else { return (0, true) }
    let tied = rows.filter { $0.min() == 0 }
    let wrong = tied.first?.count { $0 == 0 } ?? 0
    return (Double(tied.count) / Double(tied.count + wrong), true)
  }
}

/// A reward model's scores of a benchmark.
package struct ScoredModel: Sendable {
  package var name: String
  var examples: [ScoredExample] = []
  /// Rows without a finite score for each answer, which take no part.
  package var missingScores = 0
  /// Rows that are no example, as they lack a field.
  package var malformedRows = 0
  /// Rows whose answers are not in the benchmark's texts, so that the templated texts count.
  package var rowsWithoutTexts = 0
}
