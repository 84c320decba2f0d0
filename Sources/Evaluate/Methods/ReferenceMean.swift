internal import Calibrate
internal import Columns

/// RC-Mean as the paper's published code computes it.
///
/// It differs from the paper in two ways, both kept here: a window leaves out its last answer, and
/// with several characteristics only the last one's bias is taken off, though each is fitted to
/// what those before leave. The published code puts answers of one length in random order, so which
/// of them a window leaves out is chance there; here it is the last of the input, model by model.
struct ReferenceMean {
  let first: ComparedRewards.Side
  let second: ComparedRewards.Side
  let fitsFirst: Bool
  let fitsSecond: Bool
  let others: ComparedRewards.Side?

  init(
    _ first: ComparedRewards.Side, _ second: ComparedRewards.Side, fitsFirst: Bool = true,
    fitsSecond: Bool, others: ComparedRewards.Side?
  ) {
    self.first = first
    self.second = second
    self.fitsFirst = fitsFirst
    self.fitsSecond = fitsSecond
    self.others = others
  }

  func scores(_ settings: MethodSettings) -> ComparedRewards.Scores {
    var scores = ComparedRewards.Scores(first: first.rewards, second: second.rewards)
    let compared = ComparedRewards(
      first: first, second: second, fitsSecond: fitsSecond, others: others)
    for (number, characteristic) in settings.characteristics.enumerated() {
      let lengths = (first.characteristics[number], second.characteristics[number])
      let windows = PublishedWindows(
        pool(scores, number), radius: compared.meanDifference(number) / settings.mean.ratio)
      scores.uncalibrated = 0
      for index in first.rewards.indices {
        let means = (windows.mean(around: lengths.0[index]), windows.mean(around: lengths.1[index]))
        if let mean = means.0, let other = means.1, mean.count >= settings.mean.minimumCount,
          other.count >= settings.mean.minimumCount
        {
          scores.first[index] = first.rewards[index] - characteristic.alpha * mean.value
          scores.second[index] = second.rewards[index] - characteristic.alpha * other.value
        } else {
          scores.first[index] = first.rewards[index]
          scores.second[index] = second.rewards[index]
          scores.uncalibrated += 1
        }
      }
    }
    return scores
  }

  /// The answers that windows are taken of, in the order in which the published code appends them.
  private func pool(
    _ scores: ComparedRewards.Scores, _ number: Int
  ) -> [(length: Double, reward: Double)] {
    var pool: [(length: Double, reward: Double)] = []
    for index in scores.first.indices {
      if fitsFirst { pool.append((first.characteristics[number][index], scores.first[index])) }
      if fitsSecond {
        pool.append((second.characteristics[number][index], scores.second[index]))
      }
    }
    if let others {
      pool += zip(others.characteristics[number], others.rewards).map { (length: $0, reward: $1) }
    }
    return pool
  }
}

/// Mean rewards of answers of similar length but the last, which the published code leaves out.
struct PublishedWindows {
  private let windows: MeanWindows
  /// For each length the reward of its last answer.
  private var last: [Double]

  init(_ answers: [(length: Double, reward: Double)], radius: Double) {
    let lengths = LevelColumn(answers.map(\.length))
    windows = MeanWindows(
      Sample(levels: lengths.levels, codes: lengths.codes, values: answers.map(\.reward)),
      radius: radius)
    last = Array(repeating: .nan, count: lengths.levels.count)
    for (code, answer) in zip(lengths.codes, answers) { last[Int(code)] = answer.reward }
  }

  /// The mean and how many answers it is of; nil without any.
  func mean(around length: Double) -> (value: Double, count: Int)? {
    let places = windows.places(around: length)
    let count = windows.count(of: places) - 1
    guard let end = places.last, count > 0 else { return nil }
    let sum = windows.sum(of: places) - last[windows.levels.codes[end]]
    return (sum / Double(count), count)
  }
}
