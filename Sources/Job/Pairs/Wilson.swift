// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc

/// Wilson's interval of a share, which has a width where that is none or all, and lies in 0 to 1.
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
/// Journal of the American Statistical Association 22, 1927, 209–212.
enum Wilson {
  /// - Parameters:
  ///   - count: Of how many independent cases, above 0.
  ///   - reach: How many standard errors it goes to either side.
  static func interval(of share: Double, count: Double, reach: Double) -> ClosedRange<Double> {
    let part = reach * reach / count
    let middle = (share + part / 2) / (1 + part)
    let half = (part * (share * (1 - share) + part / 4)).squareRoot() / (1 + part)
    // Rounded, the ends could leave out the share.
    return max(0, min(share, middle - half))...min(1, max(share, middle + half))
  }
}
