// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc

/// Count, mean and variance of a stream of numbers (Welford 1962), without keeping them.
package struct StreamingMoments: Hashable, Sendable {
  package private(set) var count = 0
  package private(set) var mean = 0.0
  /// The sum of squared deviations from the mean.
  private var squares = 0.0

  package init() {}

  /// The unbiased variance; 0 with fewer than two numbers.
  package var variance: Double {
    count > 1 ? squares / Double(count - 1) : 0
  }

  package mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squares += deviation * (value - mean)
  }

  /// Adds the numbers that another has seen.
  package mutating func merge(_ other: StreamingMoments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    let (own, others) = (Double(count), Double(other.count))
    let difference = other.mean - mean
    mean += difference * others / (own + others)
    squares += other.squares + difference * difference * own * others / (own + others)
    count += other.count
  }

  /// How far the mean of one group lies above that of another, in pooled standard deviations.
  ///
  /// Cohen's d with n − 1 weights. Nil with fewer than two numbers in a group, or where neither
  /// group varies.
  package static func cohensD(_ first: StreamingMoments, _ second: StreamingMoments) -> Double? {
    guard first.count > 1, second.count > 1 else { return nil }
    let pooled = (first.squares + second.squares) / Double(first.count + second.count - 2)
    return pooled > 0 ? (first.mean - second.mean) / pooled.squareRoot() : nil
  }
}
