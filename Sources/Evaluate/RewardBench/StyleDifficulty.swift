/// How hard a comparison of answers of two styles is, as in RM-Bench.
///
/// Source: Y. Liu et al., "RM-Bench: Benchmarking Reward Models of Language Models with Subtlety
/// and Style", arXiv 2410.16184, and its code.
package enum StyleDifficulty: String, CaseIterable, Sendable {
  /// The right answer is the more elaborate one.
  case easy
  /// Both are of one style.
  case normal
  /// The wrong answer is the more elaborate one.
  case hard

  private init(right: Int, wrong: Int) {
    self = right > wrong ? .easy : right == wrong ? .normal : .hard
  }

  /// The accuracies over all sections, each of which counts the same; empty without styles.
  static func accuracies(
    _ examples: [ScoredExample], _ comparisons: ExampleComparisons,
    _ scores: ComparedRewards.Scores, _ ties: TieRule
  ) -> [(difficulty: StyleDifficulty, accuracy: Double)] {
    var order: [String] = []
    var sums: [String: [StyleDifficulty: (points: Double, count: Int)]] = [:]
    for (place, example) in examples.enumerated() where example.rule == .everyStyle {
      let section = example.section ?? example.subset
      if sums[section] == nil { order.append(section) }
      for ((right, wrong), margin) in zip(
        example.comparisons, comparisons.margins(of: place, scores))
      {
        let difficulty = StyleDifficulty(right: right, wrong: wrong - example.rightCount)
        sums[section, default: [:]][difficulty, default: (0, 0)].points += ties.points(margin)
        sums[section, default: [:]][difficulty, default: (0, 0)].count += 1
      }
    }
    return allCases.compactMap { difficulty in
      let found = order.compactMap { sums[$0]?[difficulty] }
      guard !found.isEmpty else { return nil }
      let sum = found.reduce(0) { $0 + $1.points / Double($1.count) }
      return (difficulty, sum / Double(found.count))
    }
  }
}
