internal import Calibrate
package import Columns

/// A range of values as figures take it: ordered, finite, and so far from the largest numbers that
/// neither its length nor a margin around it overflows.
///
/// Data decides where it ends; a `ClosedRange` of the same numbers could end the program.
package struct Extent: Equatable, Sendable {
  package let lowerBound: Double
  package let upperBound: Double

  /// Beyond it a value lies outside of every figure.
  private static let limit = Double.greatestFiniteMagnitude / 1024
  /// What lies outside at each end, at most.
  private static let trimmed = 0.005

  /// The range between two numbers in any order; NaN counts as the other one.
  package init(_ first: Double, _ second: Double) {
    let ends = [first.isNaN ? second : first, second.isNaN ? first : second].map {
      $0.isNaN ? 0 : Swift.min(Swift.max($0, -Self.limit), Self.limit)
    }
    lowerBound = Swift.min(ends[0], ends[1])
    upperBound = Swift.max(ends[0], ends[1])
  }

  package var length: Double { upperBound - lowerBound }

  /// The range with a margin at each end.
  ///
  /// - Parameters:
  ///   - part: How wide a margin is, as a part of the range.
  ///   - least: How wide it is at least.
  package func widened(by part: Double, atLeast least: Double = 0) -> Extent {
    let margin = Swift.max(least, length * part)
    return Extent(lowerBound - margin, upperBound + margin)
  }

  /// The range of numbers without the outermost half percent at each end; NaN does not count.
  ///
  /// - Returns: nil where no number counts.
  package static func ofMost(_ numbers: any NumberSource) -> Extent? {
    let bounds = OrderStatistics.quantiles([trimmed, 1 - trimmed], of: numbers)
    return bounds[0].isNaN ? nil : Extent(bounds[0], bounds[1])
  }

  /// The range that holds both; one of them where the other is nil.
  package static func union(_ first: Self?, _ second: Self?) -> Self? {
    guard let first, let second else { return first ?? second }
    return Extent(
      Swift.min(first.lowerBound, second.lowerBound), Swift.max(first.upperBound, second.upperBound)
    )
  }
}
