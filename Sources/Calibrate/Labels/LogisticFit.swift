// Brings in libm for exp and log1p.
internal import Glibc

/// The logistic regression of a sure event on two numbers, without intercept.
///
/// Differences are taken so that the event always happened: the better answer is the first.
struct LogisticFit {
  private(set) var coefficients = SIMD2<Double>.zero
  private let points: [SIMD2<Double>]

  /// The variances of both coefficients and their covariance.
  struct Variance {
    var xx: Double
    var xy: Double
    var yy: Double
    var clusterCount: Int
  }

  private static let mostRounds = 100

  /// Fits by Newton's method.
  ///
  /// - Parameter points: In some direction on either side of every line through the origin, without
  ///   which there is no maximum, and not all on one line.
  init(_ points: [SIMD2<Double>]) {
    self.points = points
    var likelihood = logLikelihood(coefficients)
    for _ in 0..<Self.mostRounds {
      let score = points.reduce(.zero) { $0 + $1 * Self.surprise(at: $1, coefficients) }
      var step = solveInformation(score)
      // The likelihood is concave, so some part of the step raises it, up to rounding.
      while logLikelihood(coefficients + step) < likelihood, (step * step).sum() > 1e-30 {
        step /= 2
      }
      coefficients += step
      likelihood = logLikelihood(coefficients)
      if (step * step).sum() <= 1e-24 * (1 + (coefficients * coefficients).sum()) { break }
    }
  }

  /// 1 − P(event).
  private static func surprise(at point: SIMD2<Double>, _ coefficients: SIMD2<Double>) -> Double {
    1 / (1 + exp((point * coefficients).sum()))
  }

  private func logLikelihood(_ coefficients: SIMD2<Double>) -> Double {
    points.reduce(0) { sum, point in
      let margin = (point * coefficients).sum()
      // log(1 + exp(−m)) without overflow.
      return sum - max(0, -margin) - log1p(exp(-abs(margin)))
    }
  }

  private var information: (xx: Double, xy: Double, yy: Double) {
    points.reduce((0, 0, 0)) { sum, point in
      let surprise = Self.surprise(at: point, coefficients)
      let weight = surprise * (1 - surprise)
      return (
        sum.0 + weight * point.x * point.x, sum.1 + weight * point.x * point.y,
        sum.2 + weight * point.y * point.y
      )
    }
  }

  private func solveInformation(_ right: SIMD2<Double>) -> SIMD2<Double> {
    let (xx, xy, yy) = information
    let determinant = xx * yy - xy * xy
    return SIMD2(yy * right.x - xy * right.y, xx * right.y - xy * right.x) / determinant
  }

  /// The sandwich over clusters, with the usual factor G / (G − 1).
  ///
  /// - Parameter clusters: For each point its cluster.
  func variance(clusters: [Int]) -> Variance {
    var scores: [Int: SIMD2<Double>] = [:]
    for (point, cluster) in zip(points, clusters) {
      scores[cluster, default: .zero] += point * Self.surprise(at: point, coefficients)
    }
    var variance = Variance(xx: 0, xy: 0, yy: 0, clusterCount: scores.count)
    // In the order of the clusters, so that sums are the same in every run.
    for cluster in scores.keys.sorted() {
      let influence = solveInformation(scores[cluster] ?? .zero)
      variance.xx += influence.x * influence.x
      variance.xy += influence.x * influence.y
      variance.yy += influence.y * influence.y
    }
    let factor = Double(scores.count) / Double(max(1, scores.count - 1))
    variance.xx *= factor
    variance.xy *= factor
    variance.yy *= factor
    return variance
  }
}
