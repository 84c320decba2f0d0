internal import Records

/// Quantiles between the two nearest values, as numpy and pandas have them by default.
enum Quantile {
  /// - Parameters:
  ///   - sorted: Values in ascending order; never empty.
  ///   - share: From 0 to 1.
  static func of(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(clamped: place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    let (lower, upper) = (sorted[below], sorted[below + 1])
    let part = place - Double(below)
    let gap = upper - lower
    return gap.isFinite ? lower + part * gap : (1 - part) * lower + part * upper
  }
}
