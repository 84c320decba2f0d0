/// The sections that benchmarks sum up their subsets in, and how they weigh them.
///
/// Source: N. Lambert et al., "RewardBench: Evaluating Reward Models for Language Modeling",
/// arXiv 2403.13787, and its code.
enum BenchmarkSections {
  /// The subsets of each section of RewardBench's leaderboard with their weights: their numbers of
  /// examples, but for `math-prm`, which counts as much as all the code.
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

  /// A subset with its accuracy.
  struct Subset {
    var name: String
    /// The section that its rows name; nil where RewardBench's leaderboard may have one for it.
    var section: String?
    var accuracy: Double
    var count: Int
  }

  /// The sections of some subsets: those of RewardBench that have any, then in the order in which
  /// they first came those that rows name, weighed by their examples, and each other subset as its
  /// own.
  static func scores(
    of subsets: [Subset]
  ) -> [(name: String, score: Double, count: Int)] {
    var sections: [(name: String, score: Double, count: Int)] = []
    func add(_ name: String, _ members: [(subset: Subset, weight: Double)]) {
      guard !members.isEmpty else { return }
      let weight = members.reduce(0) { $0 + $1.weight }
      let sum = members.reduce(0) { $0 + $1.subset.accuracy * $1.weight }
      sections.append((name, sum / weight, members.reduce(0) { $0 + $1.subset.count }))
    }
    for (section, members) in known {
      add(
        section,
        members.compactMap { member in
          subsets.first { $0.section == nil && $0.name == member.name }
            .map { (subset: $0, weight: member.weight) }
        })
    }
    let named = Set(known.flatMap { $0.subsets.map(\.name) })
    var done: Set<String> = []
    for subset in subsets where subset.section != nil || !named.contains(subset.name) {
      let section = subset.section ?? subset.name
      guard done.insert(section).inserted else { continue }
      add(
        section,
        subset.section == nil
          ? [(subset, 1)]
          : subsets.filter { $0.section == section }.map { ($0, Double($0.count)) })
    }
    return sections
  }
}
