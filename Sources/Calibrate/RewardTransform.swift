// Brings in libm for the logarithm.
internal import Glibc

/// What is put in place of rewards before anything is fitted to them.
package enum RewardTransform: Sendable {
  /// log(p / (1 − p)) of a probability, which is kept at least `clip` from 0 and 1.
  case logit(clip: Double)
  /// Mid-ranks among the answers to the prompt as fractions, (rank − ½) / n.
  case rank
  /// Standard deviations from the mean of the prompt, both of its answers alone (of n, not n − 1);
  /// 0 where all are the same.
  case zscore

  /// Transforms the rewards of a prompt, which are finite.
  package func apply(to rewards: inout [Double]) {
    switch self {
    case .logit(let clip):
      for index in rewards.indices { rewards[index] = Self.logit(rewards[index], clip) }
    case .rank: rewards = Self.fractionalRanks(of: rewards)
    case .zscore: Self.standardize(&rewards)
    }
  }

  /// The logit of a probability; of one that is the better the lower, which comes negated, the
  /// negated logit.
  private static func logit(_ reward: Double, _ clip: Double) -> Double {
    let probability = min(max(reward.magnitude, clip), 1 - clip)
    let logit = log(probability / (1 - probability))
    return reward.sign == .minus ? -logit : logit
  }

  private static func fractionalRanks(of rewards: [Double]) -> [Double] {
    let order = rewards.indices.sorted { rewards[$0] < rewards[$1] }
    var ranks = rewards
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, rewards[order[end]] == rewards[order[start]] { end += 1 }
      // Ranks from start + 1 to end, so their mean less a half is half the sum of the bounds.
      let rank = Double(start + end) / 2 / Double(order.count)
      for place in start..<end { ranks[order[place]] = rank }
      start = end
    }
    return ranks
  }

  private static func standardize(_ rewards: inout [Double]) {
    guard let least = rewards.min(), let most = rewards.max(), least < most else {
      for index in rewards.indices { rewards[index] = 0 }
      return
    }
    // Neither a sum nor a square may leave the range of numbers.
    let scale = max(least.magnitude, most.magnitude)
    for index in rewards.indices { rewards[index] /= scale }
    let count = Double(rewards.count)
    let mean = rewards.reduce(0, +) / count
    for index in rewards.indices { rewards[index] -= mean }
    // Once more, for values that differ little from a large mean.
    let rest = rewards.reduce(0, +) / count
    let widest = rewards.reduce(0) { max($0, ($1 - rest).magnitude) }
    guard widest > 0 else { return }
    for index in rewards.indices { rewards[index] = (rewards[index] - rest) / widest }
    let deviation = (rewards.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    for index in rewards.indices { rewards[index] /= deviation }
  }
}
