/// The robustness weights (Cleveland 1979, section 2, step 3).
@usableFromInline
struct Bisquare: Sendable {
  /// Six times the median residual, beyond which a candidate has no weight.
  @usableFromInline let bound: Double
  /// Whether every candidate within the bound counts the same.
  @usableFromInline let isStep: Bool

  /// Measures weights by the median of the absolute residuals.
  ///
  /// Where at least half of the candidates are fitted but for `rounding`, they keep their full
  /// weight and all others lose theirs. statsmodels does so where the median is 0; between 0 and
  /// `rounding` its weights are made of rounding errors.
  @usableFromInline
  init(medianResidual: Double, rounding: Double) {
    isStep = medianResidual <= rounding
    bound = isStep ? rounding : 6 * medianResidual
  }

  @inlinable
  func weight(of residual: Double) -> Double {
    if isStep { return residual <= bound ? 1 : 0 }
    let part = min(residual / bound, 1)
    let rest = 1 - part * part
    return rest * rest
  }

  /// Tallies a range of candidates with their weights.
  @inlinable
  func weigh<Codes, Values>(
    _ residuals: Residuals<Codes, Values>, in range: Range<Int>,
    into tallies: UnsafeMutableBufferPointer<LocalRegression.Tally>
  ) {
    for index in range {
      let residual = residuals[index]
      if !residual.isNaN {
        tallies[Int(residuals.codes[index])].add(
          residuals.value(at: index), weight: weight(of: residual))
      }
    }
  }
}

/// The absolute residuals of a fit, computed as they are asked for; NaN outside the population.
@usableFromInline
struct Residuals<Codes, Values>: RandomAccessCollection
where
  Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
  Values: RandomAccessCollection<Double>, Values.Index == Int
{
  @usableFromInline let codes: Codes
  @usableFromInline let values: Values
  @usableFromInline let center: Double
  /// By code, from `center`.
  @usableFromInline let fitted: UnsafeBufferPointer<Double>

  @inlinable
  init(codes: Codes, values: Values, center: Double, fitted: UnsafeBufferPointer<Double>) {
    self.codes = codes
    self.values = values
    self.center = center
    self.fitted = fitted
  }

  @inlinable var startIndex: Int { 0 }
  @inlinable var endIndex: Int { codes.count }

  @inlinable subscript(index: Int) -> Double {
    abs(value(at: index) - fitted[Int(codes[index])])
  }

  /// A candidate's reward from `center`.
  @inlinable
  func value(at index: Int) -> Double { values[index] * Lowess.headroom - center }
}

/// The rewards of the population; NaN outside of it.
@usableFromInline
struct PopulationColumn<Codes, Values>: RandomAccessCollection
where
  Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
  Values: RandomAccessCollection<Double>, Values.Index == Int
{
  @usableFromInline let levels: [Double]
  @usableFromInline let codes: Codes
  @usableFromInline let values: Values

  @inlinable
  init(levels: [Double], codes: Codes, values: Values) {
    self.levels = levels
    self.codes = codes
    self.values = values
  }

  @inlinable var startIndex: Int { 0 }
  @inlinable var endIndex: Int { codes.count }

  @inlinable subscript(index: Int) -> Double {
    levels[Int(codes[index])].isFinite ? values[index] : .nan
  }
}
