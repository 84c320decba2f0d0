// Brings in libm for exp and log1p.
internal import Glibc

/// How much of the bias is to be removed, as labelled pairs tell.
///
/// The model is P(better) = logistic(β · (Δreward − α · Δbias)): a logistic regression without
/// intercept on Δreward and Δbias with the coefficients c₁ = β and c₂ = −αβ, so α = −c₂/c₁. The
/// interval is Fieller's, all α that a test of c₂ + α c₁ = 0 does not reject, which has no bounds
/// where the labels give none; variances are those of a sandwich over prompts.
/// Sources: E. C. Fieller, "Some problems in interval estimation", Journal of the Royal Statistical
/// Society B 16 (1954), 175–185; K.-Y. Liang and S. L. Zeger, "Longitudinal data analysis using
/// generalized linear models", Biometrika 73 (1986), 13–22.
package struct AlphaEstimate: Sendable {
  package var alpha: Double
  /// β, by which a unit of the score raises the log odds.
  package var slope: Double
  /// The 95 % interval of alpha; nil where it is not bounded on both sides.
  package var interval: ClosedRange<Double>?

  /// Why labels tell no alpha.
  package enum Failure: String, Error, Sendable {
    /// There are fewer than ``AlphaEstimate/leastPrompts`` prompts.
    case tooFew = "too_few"
    /// Rewards and biases of the pairs go together exactly, or the biases do not differ.
    case collinear
    /// Some alpha, or a whole range, agrees with every label, so none is the likeliest.
    case separated
    /// The better answers have the lower scores whatever alpha is.
    case opposed
  }

  /// With fewer, the interval would not cover what it promises.
  package static let leastPrompts = 10

  /// Estimates alpha.
  package init(_ pairs: [LabelledDifference]) throws(Failure) {
    guard Set(pairs.map(\.prompt)).count >= Self.leastPrompts else { throw .tooFew }
    func scale(_ value: (LabelledDifference) -> Double) -> Double {
      let squares = pairs.reduce(0) { $0 + value($1) * value($1) }
      return (squares / Double(pairs.count)).squareRoot()
    }
    let (rewardScale, biasScale) = (scale(\.reward), scale(\.bias))
    guard rewardScale > 0, biasScale > 0, rewardScale.isFinite, biasScale.isFinite else {
      throw .collinear
    }
    // Either column has a mean square of 1, so that neither unit matters.
    let points = pairs.map { SIMD2($0.reward / rewardScale, $0.bias / biasScale) }
    let product = points.reduce(0) { $0 + $1.x * $1.y } / Double(points.count)
    guard 1 - product * product > 1e-9 else { throw .collinear }
    guard !Self.areSeparated(points) else { throw .separated }
    let fit = LogisticFit(points)
    guard fit.coefficients.x.isFinite, fit.coefficients.y.isFinite else { throw .separated }
    guard fit.coefficients.x > 0 else { throw .opposed }
    let variance = fit.variance(clusters: pairs.map(\.prompt))
    let ratio = rewardScale / biasScale
    alpha = -fit.coefficients.y / fit.coefficients.x * ratio
    slope = fit.coefficients.x / rewardScale
    interval = Self.interval(fit.coefficients, variance).map {
      $0.lowerBound * ratio...$0.upperBound * ratio
    }
  }

  /// Whether a line through the origin has no point on one of its sides, so that coefficients
  /// without bound fit best.
  ///
  /// Source: A. Albert and J. A. Anderson, "On the existence of maximum likelihood estimates in
  /// logistic regression models", Biometrika 71 (1984), 1–10.
  private static func areSeparated(_ points: [SIMD2<Double>]) -> Bool {
    let angles = points.filter { $0 != .zero }.map { atan2($0.y, $0.x) }.sorted()
    guard let first = angles.first, let last = angles.last else { return true }
    let gaps = zip(angles.dropFirst(), angles).map { $0 - $1 } + [first + 2 * .pi - last]
    return (gaps.max() ?? 0) >= .pi * (1 - 1e-12)
  }

  /// Fieller's interval of −y/x; nil where it has no two bounds.
  private static func interval(
    _ coefficients: SIMD2<Double>, _ variance: LogisticFit.Variance
  ) -> ClosedRange<Double>? {
    // (y + αx)² ≤ q² Var(y + αx), a quadratic inequality in α.
    let quantile = StudentT.upperQuantile(degrees: variance.clusterCount - 1)
    let q = quantile * quantile
    let square = coefficients.x * coefficients.x - q * variance.xx
    let half = coefficients.x * coefficients.y - q * variance.xy
    let constant = coefficients.y * coefficients.y - q * variance.yy
    guard square > 0 else { return nil }
    let root = max(0, half * half - square * constant).squareRoot()
    let (lower, upper) = ((-half - root) / square, (-half + root) / square)
    return lower.isFinite && upper.isFinite ? lower...upper : nil
  }
}
