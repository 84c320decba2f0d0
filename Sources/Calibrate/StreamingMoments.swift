// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc

/// Count, mean and variance of a stream of numbers (Welford 1962), without keeping them.
package struct StreamingMoments: Hashable, Sendable {
  package private(set) var count = 0
  package private(set) var mean = 0.0
  /// The sum of squared deviations from the mean, which are multiplied by ``scale`` before.
  private var squares = 0.0
  /// A power of two, so that no digit changes: 1 until squares would be beyond the largest number.
  private var scale = 1.0

  package init() {}

  /// The square root of the unbiased variance; 0 with fewer than two numbers.
  package var standardDeviation: Double {
    count > 1 ? (squares / Double(count - 1)).squareRoot() / scale : 0
  }

  package mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    if deviation.magnitude > Self.largest { shrink() }
    mean += deviation / Double(count)
    squares += (scale * deviation) * (scale * (value - mean))
  }

  /// The largest deviation whose squares can be summed up as they are.
  private static let largest = 0x1p480
  private static let smallScale = 0x1p-600

  private mutating func shrink() {
    squares *= (Self.smallScale / scale) * (Self.smallScale / scale)
    scale = Self.smallScale
  }

  /// Adds the numbers that another has seen.
  package mutating func merge(_ other: StreamingMoments) {
    guard other.count > 0 else { return }
    var other = other
    guard count > 0 else {
      self = other
      return
    }
    let (own, others) = (Double(count), Double(other.count))
    let difference = other.mean - mean
    if other.scale < 1 || difference.magnitude > Self.largest { shrink() }
    if scale < 1 { other.shrink() }
    let distance = scale * difference
    mean += difference * others / (own + others)
    squares += other.squares + distance * distance * own * others / (own + others)
    count += other.count
  }

  /// How far the mean of one group lies above that of another, in pooled standard deviations.
  ///
  /// Cohen's d with n − 1 weights. Nil with fewer than two numbers in a group, or where neither
  /// group varies.
  package static func cohensD(_ first: StreamingMoments, _ second: StreamingMoments) -> Double? {
    guard first.count > 1, second.count > 1 else { return nil }
    var (first, second) = (first, second)
    if min(first.scale, second.scale) < 1 {
      first.shrink()
      second.shrink()
    }
    let pooled = (first.squares + second.squares) / Double(first.count + second.count - 2)
    return pooled > 0 ? first.scale * (first.mean - second.mean) / pooled.squareRoot() : nil
  }
}
