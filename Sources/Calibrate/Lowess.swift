/// Locally weighted regression of rewards on a characteristic with many ties.
///
/// W. S. Cleveland, "Robust locally weighted regression and smoothing scatterplots", JASA 74
/// (1979), 829–836; the numbers are those of `statsmodels.nonparametric.lowess`.
/// Candidates with the same characteristic share one fitted value, so they are collapsed first, and
/// windows are summed by runs of levels: O(n + U log U) instead of O(n²) for n candidates with U
/// distinct values. See docs/calibration.md.
package enum Lowess {
  /// How much is smoothed.
  package struct Parameters: Hashable, Sendable {
    /// The part of the population in each neighbourhood, 0 to 1.
    package var frac: Double
    /// How often outliers are weighted down and the fit repeated.
    package var iterations: Int
    /// Levels this near to the last one with a line of its own are interpolated; 0 for none.
    package var delta: Double

    package init(frac: Double = 0.3, iterations: Int = 3, delta: Double = 0) {
      self.frac = frac
      self.iterations = iterations
      self.delta = delta
    }
  }

  /// Fits the expected reward at every level.
  ///
  /// - Parameters:
  ///   - sample: What is fitted.
  ///   - population: The levels that occur; nil to have them counted.
  ///   - parameters: How much is smoothed.
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Returns: For each level the fitted value, NaN where no candidate of the population is, and
  ///   what candidates weighed.
  /// - Complexity: O(n + U log U) time a pass, O(U) memory.
  package static func fit(
    _ sample: Sample, population: PopulationLevels? = nil, parameters: Parameters,
    threads: Int = 1
  ) -> Fit {
    let population = population ?? PopulationLevels(sample, threads: threads)
    let levels = sample.levels.count
    var fitted = [Double](repeating: .nan, count: levels)
    var robustness: Robustness?
    var bounds: [Double] = []
    guard population.population > 0 else { return Fit(fitted: fitted, robustness: nil) }

    // Near the median, so that a common offset costs no digits and an outlier cannot shift it.
    let center =
      headroom
      * OrderStatistics.approximateMedian(
        of: PopulationColumn(sample: sample), population: population.population)
    var regression = LocalRegression(
      levels: population, neighbours: parameters.neighbours(of: population.population),
      delta: parameters.delta)
    var tallies = Parallel.sums(
      from: LocalRegression.Tally(), count: sample.count, levels: levels, threads: threads
    ) { range, tallies in
      Blocks.forEach(sample, in: range) { codes, values in
        for index in codes.indices {
          let value = values[index] * headroom - center
          if !value.isNaN { tallies[Int(codes[index])].add(value, weight: 1) }
        }
      }
    } merge: {
      $0.add($1)
    }
    regression.fit(tallies, into: &fitted, threads: threads)

    for _ in 0..<parameters.iterations {
      let residuals = Residuals(sample: sample, center: center, fitted: fitted)
      let bisquare = Bisquare(
        medianResidual: OrderStatistics.quantile(
          0.5, of: residuals, population: population.population, threads: threads),
        rounding: roundingError(in: tallies, around: center))
      let before = Robustness(bisquare: bisquare, center: center, fitted: fitted)
      tallies = Parallel.sums(
        from: .init(), count: sample.count, levels: levels, threads: threads
      ) { range, tallies in
        bisquare.weigh(sample, from: center, fitted: before.fitted, in: range, into: tallies)
      } merge: {
        $0.add($1)
      }
      robustness = before
      // Where most candidates are fitted exactly, refits are not weighed.
      bounds.append(bisquare.isStep ? .infinity : bisquare.bound / headroom)
      regression.fit(tallies, into: &fitted, threads: threads)
    }
    for code in fitted.indices { fitted[code] = (fitted[code] + center) / headroom }
    return Fit(fitted: fitted, robustness: robustness, residualBounds: bounds)
  }

  /// Rewards are scaled by this power of two, which changes no digit, so that no sum overflows.
  static var headroom: Double { 0x1p-64 }

  /// A residual that a perfect fit may leave: some digits below the typical reward, as far as the
  /// robustness weights of the pass let it count.
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
  func neighbours(of population: Int) -> Int {
    precondition((0...1).contains(frac), "frac is a part of the population")
    return min(max(Int(frac * Double(population) + 1e-10), 2), population)
  }
}
