internal import Glibc
internal import Records

/// Round values along an axis.
enum Ticks {
  /// The least of 1, 2 and 5 times a power of ten that is not below `step`.
  static func roundStep(_ step: Double) -> Double {
    let power = pow(10, log10(step).rounded(.down))
    // A step that is round already must not be taken for a hair more.
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= step * (1 - 1e-9) } ?? 10 * power
  }

  /// About `count` round values in a range.
  ///
  /// - Parameter least: How far they are apart at least.
  static func values(
    in range: Extent, about count: Int, atLeast least: Double = 0
  ) -> [Double] {
    guard range.length > 0 else { return [range.lowerBound] }
    let step = max(least, roundStep(range.length / Double(count)))
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard last - first < 100 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// A value with as many digits as tell it from its neighbours.
  static func text(_ value: Double, step: Double) -> String {
    let size = max(abs(value), step)
    guard size < 1e7, step >= 1e-5 else { return Quantity.significant(value, digits: 3) }
    if step >= 1 {
      return Quantity.count(Int(clamped: value.rounded())).replacing("-", with: "\u{2212}")
    }
    let places = Int(clamped: (-log10(step)).rounded(.up) + 0.5)
    let digits = Quantity.decimal(value, places: places)
    return (Double(digits) == 0 ? Quantity.decimal(0, places: places) : digits)
      .replacing("-", with: "\u{2212}")
  }
}
