extension BiasCurve {
  /// What a unit of the characteristic adds; nil where that differs.
  fileprivate var coefficient: Double? {
    if case .proportional(let coefficient) = shape { coefficient } else { nil }
  }
}

extension FittedCurve {
  /// Puts the weighted mean of other fits to the same candidates in place of the curve.
  ///
  /// What the curve rests on and how far it may be off by chance stays what it is of this fit.
  ///
  /// - Parameter weights: one for each fit; they add up to 1.
  package mutating func replaceCurve(byMeanOf fits: [FittedCurve], weights: [Double]) {
    func mean(_ value: (FittedCurve) -> Double?) -> Double? {
      var sum = 0.0
      for (fit, weight) in zip(fits, weights) {
        guard let own = value(fit) else { return nil }
        sum += weight * own
      }
      return sum
    }
    let shape: BiasCurve.Shape =
      switch curve.shape {
      case .proportional(let own):
        .proportional(coefficient: mean(\.curve.coefficient) ?? own)
      case .knots(let knots):
        .knots(
          knots.map { knot in
            BiasCurve.Knot(
              length: knot.length, bias: mean { $0.curve.bias(at: knot.length) },
              candidates: knot.candidates)
          })
      }
    curve = BiasCurve(characteristic: curve.characteristic, alpha: curve.alpha, shape: shape)
    precision = max(precision, mean { $0.precision } ?? 0)
  }
}
