/// A sum that carries its own rounding error along (Neumaier 1974), about 32 digits wide.
///
/// Prefix sums need it: the difference of two long sums is as exact as a short one, even after an
/// outlier.
package struct CompensatedSum: Hashable, Sendable {
  var sum = 0.0
  var error = 0.0

  package init() {}

  /// The sum, rounded once.
  package var value: Double { sum + error }

  package mutating func add(_ value: Double) {
    let total = sum + value
    error += abs(sum) >= abs(value) ? (sum - total) + value : (value - total) + sum
    sum = total
  }

  package mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    error += other.error
  }

  /// The difference of two sums.
  package static func - (left: CompensatedSum, right: CompensatedSum) -> Double {
    var difference = left
    difference.add(-right.sum)
    return difference.sum + (difference.error - right.error)
  }
}
