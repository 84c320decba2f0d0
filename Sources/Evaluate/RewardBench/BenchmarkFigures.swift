/// What scores say of a benchmark's examples: how often, and where, the right answer is preferred.
package struct BenchmarkFigures: Sendable {
  /// The share of right preferences by subset, in the order in which they first came; of
  /// RewardBench 2's Ties the published figure.
  package var subsets: [(name: String, accuracy: Double, count: Int)]
  /// With the examples that each rests on.
  package var sections: [(name: String, score: Double, count: Int)]
  /// The mean over the sections.
  package var score: Double
  /// The share of right preferences over all examples.
  package var accuracy: Double
  /// By how elaborate the right answer is beside the wrong one; empty where answers have no styles.
  package var difficulties: [(difficulty: StyleDifficulty, accuracy: Double)]
  /// What Ties is made of; nil without it.
  package var ties: TiesScore?

  /// - Parameters:
  ///   - points: What every example counts.
  ///   - scores: Of every comparison.
  init(
    _ examples: [ScoredExample], points: [Double], _ comparisons: ExampleComparisons,
    _ scores: ComparedRewards.Scores, tieRule: TieRule
  ) {
    var order: [String] = []
    var places: [String: [Int]] = [:]
    for (place, example) in examples.enumerated() {
      if places[example.subset] == nil { order.append(example.subset) }
      places[example.subset, default: []].append(place)
    }
    var ties: TiesScore?
    subsets = order.map { name in
      let members = places[name] ?? []
      let found = TiesScore.of(members, examples, comparisons, scores)
      if let found { ties = found }
      let sum = members.reduce(0) { $0 + points[$1] }
      return (name, found?.score ?? sum / Double(members.count), members.count)
    }
    self.ties = ties
    sections = BenchmarkSections.scores(
      of: subsets.map { subset in
        let section = places[subset.name]?.first.flatMap { examples[$0].section }
        return BenchmarkSections.Subset(
          name: subset.name, section: section, accuracy: subset.accuracy, count: subset.count)
      })
    score = sections.reduce(0) { $0 + $1.score } / Double(sections.count)
    accuracy = points.reduce(0, +) / Double(points.count)
    difficulties = StyleDifficulty.accuracies(examples, comparisons, scores, tieRule)
  }
}

extension TiesScore {
  /// Of some of the examples, where all of them are of Ties.
  fileprivate static func of(
    _ places: [Int], _ examples: [ScoredExample], _ comparisons: ExampleComparisons,
    _ scores: ComparedRewards.Scores
  ) -> TiesScore? {
    let areTies = places.allSatisfy {
      if case .ties = examples[$0].rule { true } else { false }
    }
    guard areTies else { return nil }
    let answers = comparisons.answerScores(scores)
    var starts: [Int] = [0]
    for example in examples { starts.append(starts[starts.count - 1] + example.answers.count) }
    return TiesScore(places.map { (examples[$0], answers[starts[$0]..<starts[$0 + 1]]) })
  }
}
