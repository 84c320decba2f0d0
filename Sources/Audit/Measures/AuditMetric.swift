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

    /// Whether there is one.
    var isThere: Bool { number != nil }
  }

  /// What a figure rests on.
  package enum Basis: CaseIterable, Sendable {
    case pairs, scoredPairs, prompts
  }

  package let name: String
  /// What it says, in a few words.
  package let meaning: String
  package let basis: Basis
  package let value: @Sendable (PairAudit) -> Value

  private static func count(
    _ name: String, _ meaning: String, of basis: Basis = .pairs,
    _ value: @escaping @Sendable (PairAudit) -> Int
  ) -> AuditMetric {
    AuditMetric(name: name, meaning: meaning, basis: basis) { .count(value($0)) }
  }

  /// A count that not every audit has.
  private static func whole(
    _ name: String, _ meaning: String, _ value: @escaping @Sendable (PairAudit) -> Int?
  ) -> AuditMetric {
    AuditMetric(name: name, meaning: meaning, basis: .pairs) {
      value($0).map(Value.count) ?? .number(nil)
    }
  }

  private static func number(
    _ name: String, _ meaning: String, of basis: Basis = .pairs,
    _ value: @escaping @Sendable (PairAudit) -> Double?
  ) -> AuditMetric {
    // A difference of the largest numbers is none.
    AuditMetric(name: name, meaning: meaning, basis: basis) {
      .number(value($0).flatMap { $0.isFinite ? $0 : nil })
    }
  }

  /// Every metric, in the order of reports.
  package static let all: [AuditMetric] =
    [
      count("rows", "pairs", \.rows),
      count("prompts", "distinct prompts", of: .prompts, \.prompts),
    ] + lengthBias + markdownBias + scores + texts + tokens

  /// Those of an audit: metrics of tokens only where these were counted.
  package static func all(of audit: PairAudit) -> [AuditMetric] {
    all.filter { $0.value(audit).isThere || !tokens.map(\.name).contains($0.name) }
  }

  private static let lengthBias = [
    number("longer_chosen", "share of pairs whose chosen answer is longer", \.length.moreChosen),
    number("length_chosen_mean", "mean length of chosen, code points", \.meanLengthChosen),
    number("length_rejected_mean", "mean length of rejected, code points", \.meanLengthRejected),
    number("length_gap_mean", "mean of chosen - rejected length, code points", \.length.gapMean),
    number(
      "length_gap_median", "median of chosen - rejected length, code points", \.length.gapMedian),
    number("cohens_d", "length gap in pooled standard deviations", \.length.cohensD),
    number(
      "spearman_margin_length_gap", "Spearman of score margin and length gap", of: .scoredPairs,
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
      "spearman_margin_markdown_gap", "Spearman of score margin and markdown gap", of: .scoredPairs,
      \.markdown.spearmanWithMargin),
    number(
      "always_more_markdown_accuracy", "accuracy of preferring more markdown; as much counts half",
      \.markdown.moreAccuracy),
  ]

  private static let scores = [
    count("scored_pairs", "pairs with both scores", \.margins.count),
    number("score_chosen_mean", "mean score of chosen", of: .scoredPairs, \.meanScoreChosen),
    number("score_rejected_mean", "mean score of rejected", of: .scoredPairs, \.meanScoreRejected),
    number("margin_mean", "mean of chosen - rejected score", of: .scoredPairs, \.margins.mean),
    number(
      "margin_sd", "standard deviation of the margins (n - 1)", of: .scoredPairs,
      \.margins.standardDeviation),
    count("ties", "pairs with equal scores", of: .scoredPairs, \.margins.ties),
    count(
      "near_ties", "other pairs with a margin below a tenth of margin_sd",
      of: .scoredPairs, \.margins.nearTies),
    count(
      "inverted", "pairs whose rejected answer has the higher score", of: .scoredPairs,
      \.margins.inverted),
  ]

  private static let texts = [
    count("identical_pairs", "pairs whose answers are the same text", \.identicalPairs),
    count(
      "nearly_identical_pairs", "other pairs whose answers share nine tenths of their words",
      \.nearlyIdenticalPairs),
    count("duplicate_pairs", "pairs that are there already", \.duplicatePairs),
    count("prompt_overlap", "prompts in more than one split", of: .prompts, \.promptOverlap),
    count("short_answers", "pairs with an answer below ten code points", \.shortAnswers),
    count("truncated_chosen", "chosen answers that seem cut off", \.truncatedChosen),
    count("truncated_rejected", "rejected answers that seem cut off", \.truncatedRejected),
  ]

  /// Of `audit --tokenizer`, those of cuts with `--max-length`.
  private static let tokens = [
    number("tokens_chosen_mean", "mean length of chosen, tokens", \.tokens?.meanChosen),
    number("tokens_rejected_mean", "mean length of rejected, tokens", \.tokens?.meanRejected),
    whole("tokens_pair_max", "most tokens of a prompt and an answer", \.tokens?.longest),
    whole(
      "cut_pairs", "pairs longer than --max-length in chosen or rejected", \.tokens?.cuts?.pairs),
    whole("cut_chosen_only", "of them in chosen alone", \.tokens?.cuts?.chosenAlone),
    whole("cut_rejected_only", "of them in rejected alone", \.tokens?.cuts?.rejectedAlone),
    whole("cut_both", "of them in both", \.tokens?.cuts?.both),
    whole("cut_prompts", "of them those whose prompt leaves no room", \.tokens?.cuts?.prompts),
  ]
}
