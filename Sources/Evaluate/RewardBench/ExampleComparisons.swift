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
    var prompts: [UInt32] = []
    for (number, example) in examples.enumerated() {
      starts.append(first.count)
      for (right, wrong) in example.comparisons {
        first.append(example.answers[right])
        second.append(example.answers[wrong])
        prompts.append(UInt32(number))
      }
    }
    self.starts = starts
    func side(_ answers: [ScoredAnswer], _ prompts: [UInt32]) -> ComparedRewards.Side {
      ComparedRewards.Side(
        rewards: answers.map(\.score),
        characteristics: settings.characteristics.indices.map { number in
          answers.map { $0.characteristics[number] }
        },
        characters: answers.map(\.characters), prompts: prompts)
    }
    let others =
      arePairs
      ? nil
      : side(
        examples.flatMap(\.answers),
        examples.enumerated().flatMap { number, example in
          repeatElement(UInt32(number), count: example.answers.count)
        })
    rewards = ComparedRewards(
      first: side(first, prompts), second: side(second, prompts), fitsFirst: arePairs,
      fitsSecond: arePairs, others: others)
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

  /// The score of every answer, example by example.
  func answerScores(_ scores: ComparedRewards.Scores) -> [Double] {
    guard arePairs else { return ofAnswers(scores.first, scores.second) }
    return zip(scores.first, scores.second).flatMap { [$0, $1] }
  }

  /// What preferring answers by their length alone says.
  func scores(_ baseline: LengthBaseline) -> ComparedRewards.Scores {
    ComparedRewards.Scores(
      first: rewards.first.characters.map(baseline.score),
      second: rewards.second.characters.map(baseline.score))
  }

  /// What every comparison of an example says, the right answer's score less the wrong one's.
  func margins(of example: Int, _ scores: ComparedRewards.Scores) -> [Double] {
    let start = starts[example]
    return (start..<(start + examples[example].comparisons.count)).map {
      scores.first[$0] - scores.second[$0]
    }
  }

  /// What every example counts.
  func points(_ scores: ComparedRewards.Scores, ties: TieRule) -> [(value: Double, isTie: Bool)] {
    examples.indices.map { examples[$0].points(margins(of: $0, scores), ties: ties) }
  }
}
