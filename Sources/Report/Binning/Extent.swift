internal import Calibrate

/// The range that most values lie in.
package enum Extent {
  /// What lies outside at each end, at most.
  private static let trimmed = 0.005

  /// The range without the outermost half percent at each end.
  ///
  /// - Parameters:
  ///   - count: How many values there are.
  ///   - value: Gives a value; called several times for each. NaN does not count.
  /// - Returns: nil where no value counts.
  package static func ofMost(_ count: Int, value: (Int) -> Double) -> ClosedRange<Double>? {
    let population = (0..<count).count { !value($0).isNaN }
    guard population > 0 else { return nil }
    let bounds = [trimmed, 1 - trimmed].map {
      OrderStatistics.quantile($0, population: population, count: count, value: value)
    }
    return bounds[0]...max(bounds[0], bounds[1])
  }
}

extension ClosedRange<Double> {
  /// The range that holds both; one of them where the other is nil.
  package static func union(_ first: Self?, _ second: Self?) -> Self? {
    guard let first, let second else { return first ?? second }
    return Swift.min(
      first.lowerBound, second.lowerBound)...Swift.max(
        first.upperBound, second.upperBound)
  }
}
