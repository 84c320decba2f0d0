/// A figure of an audit with a name that stays, for `--fail-if`, JSON and tables.
package struct AuditMetric: Sendable {
  /// The figure's value.
  package enum Value: Sendable {
    case count(Int)
    case number(Double?)

    /// The value as a number; nil where there is none.
    package var number: Double? {
      switch self {
      case .count(let count): Double(count)
      case .number(let number): number
      }
    }
  }

  package let name: String
  /// What it says, in a few words.
  package let meaning: String
  package let value: @Sendable (PairAudit) -> Value

  private static func count(
    _ name: String, _ meaning: String, _ value: @escaping @Sendable (PairAudit) -> Int
  ) -> AuditMetric {
    AuditMetric(name: name, meaning: meaning) { .count(value($0)) }
  }

  private static func number(
    _ name: String, _ meaning: String, _ value: @escaping @Sendable (PairAudit) -> Double?
  ) -> AuditMetric {
    AuditMetric(name: name, meaning: meaning) { .number(value($0)) }
  }

  /// Every metric, in the order of reports.
  package static let all: [AuditMetric] =
    [
      count("rows", "pairs", \.rows),
      count("prompts", "distinct prompts", \.prompts),
    ] + lengthBias + markdownBias + scores + texts

  private static let lengthBias = [
    number("longer_chosen", "share of pairs whose chosen answer is longer", \.length.moreChosen),
    number("length_chosen_mean", "mean length of chosen, code points", \.meanLengthChosen),
    number("length_rejected_mean", "mean length of rejected, code points", \.meanLengthRejected),
    number("length_gap_mean", "mean of chosen - rejected length", \.length.gapMean),
    number("length_gap_median", "median of chosen - rejected length", \.length.gapMedian),
    number("cohens_d", "length gap in pooled standard deviations", \.length.cohensD),
    number(
      "spearman_margin_length_gap", "Spearman of score margin and length gap",
      \.length.spearmanWithMargin),
    number(
      "always_longer_accuracy", "accuracy of preferring the longer; equal lengths count half",
      \.length.moreAccuracy),
  ]

  private static let markdownBias = [
    number(
      "markdown_more_chosen", "share of pairs whose chosen answer has more markdown",
      \.markdown.moreChosen),
    number("markdown_gap_mean", "mean of chosen - rejected markdown elements", \.markdown.gapMean),
    number("markdown_gap_median", "median of the same", \.markdown.gapMedian),
    number("markdown_cohens_d", "the gap in pooled standard deviations", \.markdown.cohensD),
    number(
      "spearman_margin_markdown_gap", "Spearman of score margin and markdown gap",
      \.markdown.spearmanWithMargin),
    number(
      "always_more_markdown_accuracy", "accuracy of preferring more markdown; as much counts half",
      \.markdown.moreAccuracy),
  ]

  private static let scores = [
    count("scored_pairs", "pairs with both scores", \.margins.count),
    number("score_chosen_mean", "mean score of chosen", \.meanScoreChosen),
    number("score_rejected_mean", "mean score of rejected", \.meanScoreRejected),
    number("margin_mean", "mean of chosen - rejected score", \.margins.mean),
    number("margin_sd", "standard deviation of the margins (n - 1)", \.margins.standardDeviation),
    count("ties", "pairs with equal scores", \.margins.ties),
    count(
      "near_ties", "other pairs with a margin below a tenth of margin_sd", \.margins.nearTies),
    count("inverted", "pairs whose rejected answer has the higher score", \.margins.inverted),
  ]

  private static let texts = [
    count("identical_pairs", "pairs whose answers are the same text", \.identicalPairs),
    count(
      "nearly_identical_pairs", "other pairs whose answers share nine tenths of their words",
      \.nearlyIdenticalPairs),
    count("duplicate_pairs", "pairs that are there already", \.duplicatePairs),
    count("prompt_overlap", "prompts in more than one split", \.promptOverlap),
    count("short_answers", "pairs with an answer below ten code points", \.shortAnswers),
    count("truncated_chosen", "chosen answers that seem cut off", \.truncatedChosen),
    count("truncated_rejected", "rejected answers that seem cut off", \.truncatedRejected),
  ]
}
