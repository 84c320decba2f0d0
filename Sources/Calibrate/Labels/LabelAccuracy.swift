/// How often the better answer of labelled pairs has the higher score, before calibration and after.
package struct LabelAccuracy: Sendable {
  /// Shares of the pairs, those with equal scores by half.
  package var before: Double
  package var after: Double
  /// The 95 % interval of after − before; nil with fewer than two prompts.
  package var interval: ClosedRange<Double>?
  package var pairCount: Int
  package var promptCount: Int

  /// Compares two credits of each pair.
  ///
  /// The interval takes prompts as the units and adds half a pair to each outcome of a paired
  /// comparison, without which it would have no width where no pair changes: A. Agresti and Y. Min,
  /// "Simple improved confidence intervals for comparing matched proportions", Statistics in
  /// Medicine 24 (2005), 729–740.
  ///
  /// - Parameter pairs: For each pair its prompt and what it counts; at least one.
  package init(_ pairs: [(prompt: Int, before: Double, after: Double)]) {
    let count = Double(pairs.count)
    before = pairs.reduce(0) { $0 + $1.before } / count
    after = pairs.reduce(0) { $0 + $1.after } / count
    pairCount = pairs.count
    var gains: [Int: (sum: Double, count: Double)] = [:]
    for pair in pairs {
      gains[pair.prompt, default: (0, 0)].sum += pair.after - pair.before
      gains[pair.prompt, default: (0, 0)].count += 1
    }
    promptCount = gains.count
    guard promptCount > 1 else { return }
    // One gain, one loss, by half each, and one pair without either.
    let size = count + 2
    let mean = (after - before) * count / size
    let added = (1 - mean) * (1 - mean) / 2 + (1 + mean) * (1 + mean) / 2 + mean * mean
    let squares = gains.keys.sorted().reduce(added) { sum, prompt in
      let gain = gains[prompt] ?? (0, 0)
      let residual = gain.sum - gain.count * mean
      return sum + residual * residual
    }
    let prompts = Double(promptCount)
    let error = (squares * prompts / (prompts - 1)).squareRoot() / size
    let reach = StudentT.upperQuantile(degrees: promptCount - 1) * error
    interval = max(-1, mean - reach)...min(1, mean + reach)
  }
}
