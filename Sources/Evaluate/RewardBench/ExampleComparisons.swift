/// The answers of examples in twos: every right one with every wrong one.
///
/// In RewardBench 2 an answer is in several comparisons; biases are fitted to each answer once.
struct ExampleComparisons {
  let rewards: ComparedRewards
  private let examples: [ScoredExample]
  /// Whether each example is one comparison.
  private let arePairs: Bool
  /// Where the comparisons of each example begin.
  private let starts: [Int]

  init(_ examples: [ScoredExample], _ settings: MethodSettings) {
    self.examples = examples
    arePairs = examples.allSatisfy { $0.answers.count == 2 }
    var starts: [Int] = []
    var (first, second): ([ScoredAnswer], [ScoredAnswer]) = ([], [])
    for example in examples {
      starts.append(first.count)
      for (right, wrong) in example.comparisons {
        first.append(example.answers[right])
        second.append(example.answers[wrong])
      }
    }
    self.starts = starts
    func side(_ answers: [ScoredAnswer]) -> ComparedRewards.Side {
      ComparedRewards.Side(
        rewards: answers.map(\.score),
        characteristics: settings.characteristics.indices.map { number in
          answers.map { $0.characteristics[number] }
        },
        characters: answers.map(\.characters))
    }
    rewards = ComparedRewards(
      first: side(first), second: side(second), fitsFirst: arePairs, fitsSecond: arePairs,
      others: arePairs ? nil : side(examples.flatMap(\.answers)))
  }

  /// The first characteristic of every answer.
  var lengths: [Double] {
    ofAnswers(
      rewards.first.characteristics.first ?? [], rewards.second.characteristics.first ?? [])
  }

  /// What each answer has in the first comparison that it is in.
  func ofAnswers(_ first: [Double], _ second: [Double]) -> [Double] {
    guard !arePairs else { return first + second }
    return zip(examples, starts).flatMap { example, start in
      let wrongCount = example.answers.count - example.rightCount
      return (0..<example.rightCount).map { first[start + $0 * wrongCount] }
        + (0..<wrongCount).map { second[start + $0] }
    }
  }

  /// What every example counts.
  func points(_ scores: ComparedRewards.Scores, ties: TieRule) -> [(value: Double, isTie: Bool)] {
    zip(examples, starts).map { example, start in
      let range = start..<(start + example.comparisons.count)
      return example.points(range.map { scores.first[$0] - scores.second[$0] }, ties: ties)
    }
  }
}
