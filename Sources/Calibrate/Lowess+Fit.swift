extension Lowess {
  /// A fitted curve and what candidates weighed in it.
  package struct Fit: Sendable {
    /// The fitted value by level; NaN where no candidate of the population is.
    package let fitted: [Double]
    /// The robustness weights of the last pass; nil where all are one.
    let robustness: Robustness?
    /// Of each robustness pass, the residual beyond which a candidate had no weight.
    let residualBounds: [Double]

    init(fitted: [Double], robustness: Robustness?, residualBounds: [Double] = []) {
      self.fitted = fitted
      self.robustness = robustness
      self.residualBounds = residualBounds
    }

    /// The robustness weight of a candidate; NaN outside the population.
    func weight(of value: Double, code: Int) -> Double {
      if (value - fitted[code]).isNaN { return .nan }
      return robustness?.weight(of: value, code: code) ?? 1
    }
  }

  /// What candidates weigh in the last pass, by their residuals from the pass before.
  struct Robustness: Sendable {
    let bisquare: Bisquare
    let center: Double
    /// By code, from `center` and scaled by `headroom`.
    let fitted: [Double]

    init(bisquare: Bisquare, center: Double, fitted: [Double]) {
      self.bisquare = bisquare
      self.center = center
      self.fitted = fitted
    }

    func weight(of value: Double, code: Int) -> Double {
      bisquare.weight(of: abs(value * headroom - center - fitted[code]))
    }
  }
}
