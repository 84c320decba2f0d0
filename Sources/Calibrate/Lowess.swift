/// Locally weighted regression of rewards on a characteristic with many ties.
///
/// W. S. Cleveland, "Robust locally weighted regression and smoothing scatterplots", JASA 74
/// (1979), 829–836; the numbers are those of `statsmodels.nonparametric.lowess(…, delta=0)`.
/// Candidates with the same characteristic share one fitted value, so they are collapsed first:
/// O(n + U²) instead of O(n · U) for n candidates with U distinct values. See docs/calibration.md.
@usableFromInline
package enum Lowess {
  /// How much is smoothed.
  @usableFromInline
  package struct Parameters: Hashable, Sendable {
    /// The part of the population in each neighbourhood, 0 to 1.
    package var frac: Double
    /// How often outliers are weighted down and the fit repeated.
    @usableFromInline package var iterations: Int

    package init(frac: Double = 0.3, iterations: Int = 3) {
      self.frac = frac
      self.iterations = iterations
    }
  }

  /// Fits the expected reward at every level.
  ///
  /// - Parameters:
  ///   - levels: The distinct characteristic values, in any order.
  ///   - codes: For each candidate the index of its level.
  ///   - values: For each candidate its reward; NaN for one outside the population. Finite.
  ///   - parameters: How much is smoothed.
  /// - Returns: For each level the fitted value, NaN where no candidate of the population is.
  /// - Complexity: O(n + U²) time a pass, O(U) memory.
  @inlinable
  package static func fit<Codes, Values>(
    levels: [Double], codes: Codes, values: Values, parameters: Parameters
  ) -> [Double]
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int
  {
    var fitted = [Double](repeating: .nan, count: levels.count)
    let population = PopulationLevels(levels: levels, codes: codes, values: values)
    guard population.population > 0 else { return fitted }

    // About the median, so that a common offset costs no digits and an outlier cannot shift it.
    let center =
      headroom
      * OrderStatistics.median(population: population.population, count: codes.count) { index in
        levels[Int(codes[index])].isFinite ? values[index] : .nan
      }
    var regression = LocalRegression(
      levels: population,
      neighbours: parameters.neighbours(of: population.population))
    var tallies = [LocalRegression.Tally](repeating: .init(), count: levels.count)
    for index in 0..<codes.count {
      let value = values[index] * headroom - center
      if !value.isNaN { tallies[Int(codes[index])].add(value, weight: 1) }
    }
    regression.fit(tallies, into: &fitted)

    for _ in 0..<parameters.iterations {
      let median = OrderStatistics.median(
        population: population.population, count: codes.count
      ) { index in
        abs(values[index] * headroom - center - fitted[Int(codes[index])])
      }
      let bisquare = Bisquare(
        medianResidual: median, rounding: roundingError(in: tallies, around: center))
      for code in tallies.indices { tallies[code] = .init() }
      for index in 0..<codes.count {
        let code = Int(codes[index])
        let value = values[index] * headroom - center
        let residual = value - fitted[code]
        if !residual.isNaN { tallies[code].add(value, weight: bisquare.weight(of: residual)) }
      }
      regression.fit(tallies, into: &fitted)
    }
    for code in fitted.indices { fitted[code] = (fitted[code] + center) / headroom }
    return fitted
  }

  /// Rewards are scaled by this power of two, which changes no digit, so that no sum overflows.
  @usableFromInline static var headroom: Double { 0x1p-64 }

  /// A residual that a perfect fit may leave: some digits below the typical reward, as far as the
  /// robustness weights of the pass let it count.
  @usableFromInline
  static func roundingError(
    in tallies: [LocalRegression.Tally], around center: Double
  ) -> Double {
    let weight = tallies.reduce(0) { $0 + $1.weight }
    let magnitude = tallies.reduce(0) { $0 + abs($1.weightedValue) }
    return 1e-11 * (abs(center) + (weight > 0 ? magnitude / weight : 0))
  }
}

extension Lowess.Parameters {
  /// The number of nearest candidates in a neighbourhood, rounded and bounded as in statsmodels.
  @usableFromInline
  func neighbours(of population: Int) -> Int {
    precondition((0...1).contains(frac), "frac is a part of the population")
    return min(max(Int(frac * Double(population) + 1e-10), 2), population)
  }
}

/// The robustness weights (Cleveland 1979, section 2, step 3).
@usableFromInline
struct Bisquare {
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
    if isStep { return abs(residual) <= bound ? 1 : 0 }
    let part = min(abs(residual) / bound, 1)
    let rest = 1 - part * part
    return rest * rest
  }
}
