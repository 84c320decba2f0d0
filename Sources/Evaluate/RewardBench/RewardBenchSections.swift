/// The sections of the leaderboard of RewardBench and how they weigh their subsets.
///
/// Source: N. Lambert et al., "RewardBench: Evaluating Reward Models for Language Modeling",
/// arXiv 2403.13787, and its code.
enum RewardBenchSections {
  /// The subsets of each section with their weights: their numbers of examples, but for `math-prm`,
  /// which counts as much as all the code.
  static let known: [(section: String, subsets: [(name: String, weight: Double)])] = [
    (
      "Chat",
      [
        ("alpacaeval-easy", 100), ("alpacaeval-length", 95), ("alpacaeval-hard", 95),
        ("mt-bench-easy", 28), ("mt-bench-med", 40),
      ]
    ),
    (
      "Chat Hard",
      [
        ("mt-bench-hard", 37), ("llmbar-natural", 100), ("llmbar-adver-neighbor", 134),
        ("llmbar-adver-GPTInst", 92), ("llmbar-adver-GPTOut", 47), ("llmbar-adver-manual", 46),
      ]
    ),
    (
      "Safety",
      [
        ("refusals-dangerous", 100), ("refusals-offensive", 100), ("xstest-should-refuse", 250),
        ("xstest-should-respond", 154), ("donotanswer", 136),
      ]
    ),
    (
      "Reasoning",
      [
        ("math-prm", 984), ("hep-cpp", 164), ("hep-go", 164), ("hep-java", 164), ("hep-js", 164),
        ("hep-python", 164), ("hep-rust", 164),
      ]
    ),
  ]

  /// The sections of some subsets: the known ones that have any, then each other subset as its own.
  ///
  /// - Parameter accuracies: In the order in which the subsets first came.
  static func scores(
    of accuracies: [(subset: String, accuracy: Double, count: Int)]
  ) -> [(section: String, score: Double, count: Int)] {
    var sections: [(section: String, score: Double, count: Int)] = []
    for (section, subsets) in known {
      var (sum, weight, count) = (0.0, 0.0, 0)
      for subset in subsets {
        guard let found = accuracies.first(where: { $0.subset == subset.name }) else { continue }
        sum += found.accuracy * subset.weight
        weight += subset.weight
        count += found.count
      }
      if weight > 0 { sections.append((section, sum / weight, count)) }
    }
    let named = Set(known.flatMap { $0.subsets.map(\.name) })
    sections += accuracies.filter { !named.contains($0.subset) }
      .map { (section: $0.subset, score: $0.accuracy, count: $0.count) }
    return sections
  }
}
