internal import Columns

/// Mean rewards of answers of similar length, around any length.
struct RewardWindows {
  private let lengths: [Double]
  /// Sums of the rewards before each place.
  private let sums: [Double]
  private let radius: Double
  private let leavesOutLast: Bool

  /// - Parameters:
  ///   - answers: In any order; of one length they keep it.
  ///   - radius: How far off a length may be; both edges belong to the window.
  ///   - leavesOutLast: Whether the last answer of every window is left out.
  init(
    _ answers: [(length: Double, reward: Double)], radius: Double, leavesOutLast: Bool = false
  ) {
    let sorted = answers.enumerated().sorted {
      ($0.element.length, $0.offset) < ($1.element.length, $1.offset)
    }.map(\.element)
    lengths = sorted.map(\.length)
    var sum = 0.0
    sums =
      [0]
      + sorted.map {
        sum += $0.reward
        return sum
      }
    self.radius = radius
    self.leavesOutLast = leavesOutLast
  }

  /// The mean reward within the radius and how many answers it is of; nil without any.
  func mean(around length: Double) -> (value: Double, count: Int)? {
    let lower = firstPlace { $0 >= length - radius }
    let upper = firstPlace { $0 > length + radius } - (leavesOutLast ? 1 : 0)
    guard upper > lower else { return nil }
    return ((sums[upper] - sums[lower]) / Double(upper - lower), upper - lower)
  }

  /// The first place at which something holds that holds ever after.
  private func firstPlace(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, lengths.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(lengths[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
