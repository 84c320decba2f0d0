/// The standard deviation of rewards within prompts: the root of the squared deviations from the mean of
/// their prompt, over the number of answers less that of prompts.
package struct WithinPromptDeviation {
  /// What deviations are divided by, so that no square leaves the range of numbers: the largest so far.
  private var scale = 0.0
  private var sum = 0.0
  private var degrees = 0

  package init() {}

  /// Adds the rewards of a prompt, which are finite.
  package mutating func add(_ rewards: [Double]) {
    guard rewards.count > 1, let first = rewards.first else { return }
    degrees += rewards.count - 1
    // Halves, whose difference is always finite, from the first, so that equal rewards deviate by nothing.
    let shifted = rewards.map { $0 / 2 - first / 2 }
    let mean = shifted.reduce(0) { $0 + $1 / Double(shifted.count) }
    let largest = shifted.reduce(0) { max($0, ($1 - mean).magnitude) }
    guard largest > 0 else { return }
    if largest > scale {
      sum *= (scale / largest) * (scale / largest)
      scale = largest
    }
    sum += shifted.reduce(0) { $0 + (($1 - mean) / scale) * (($1 - mean) / scale) }
  }

  /// 0 where no prompt has answers with different rewards.
  package var value: Double {
    degrees == 0
      ? 0 : min(2 * scale * (sum / Double(degrees)).squareRoot(), .greatestFiniteMagnitude)
  }
}
