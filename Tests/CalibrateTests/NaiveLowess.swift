/// LOWESS written down candidate by candidate, without collapsing anything, to compare with.
enum NaiveLowess {
  /// Fitted values, one a candidate; NaN where all neighbours share one x.
  static func fit(x: [Double], y: [Double], frac: Double, iterations: Int) -> [Double] {
    let order = x.indices.sorted { (x[$0], $0) < (x[$1], $1) }
    let n = x.count
    let k = min(max(Int(frac * Double(n) + 1e-10), 2), n)
    var robustness = [Double](repeating: 1, count: n)
    var fitted = [Double](repeating: .nan, count: n)
    for pass in 0...iterations {
      for i in 0..<n {
        let distances = order.map { abs(x[$0] - x[i]) }
        let radius = distances.sorted()[k - 1]
        let weights = order.indices.map { place in
          distances[place] >= radius
            ? 0 : cubed(1 - cubed(distances[place] / radius)) * robustness[order[place]]
        }
        guard weights.count(where: { $0 > 1e-12 }) >= 2 else {
          let here = x.indices.filter { x[$0] == x[i] }
          let sum = here.reduce(0) { $0 + robustness[$1] }
          fitted[i] =
            sum > 0
            ? here.reduce(0) { $0 + robustness[$1] * y[$1] } / sum
            : here.reduce(0) { $0 + y[$1] } / Double(here.count)
          continue
        }
        let sum = weights.reduce(0, +)
        let meanX = zip(weights, order).reduce(0) { $0 + $1.0 * x[$1.1] } / sum
        let meanY = zip(weights, order).reduce(0) { $0 + $1.0 * y[$1.1] } / sum
        var variance = 0.0
        var covariance = 0.0
        for (weight, j) in zip(weights, order) {
          variance += weight / sum * (x[j] - meanX) * (x[j] - meanX)
          covariance += weight / sum * (x[j] - meanX) * (y[j] - meanY)
        }
        fitted[i] = meanY + (x[i] - meanX) * covariance / max(variance, 1e-12)
      }
      let residuals = zip(y, fitted).map { abs($0 - $1) }
      let sorted = residuals.sorted()
      let median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2
      if pass == iterations || median <= 1e-7 { break }
      robustness = residuals.map { residual in
        let part = min(residual / (6 * median), 1)
        return (1 - part * part) * (1 - part * part)
      }
    }
    return fitted
  }

  private static func cubed(_ value: Double) -> Double { value * value * value }
}
