/// How much is smoothed, chosen by generalised cross-validation.
///
/// For each trial the fit without robustness passes is worth tr L parameters and leaves the sum of
/// squares RSS; the least n · RSS / (n − tr L)² wins, of equal ones the smoothest.
/// Source: P. Craven and G. Wahba, "Smoothing noisy data with spline functions", Numerische
/// Mathematik 31 (1979), 377–403; for local regression C. Loader, "Local Regression and Likelihood"
/// (1999), chapter 2.
package struct SmoothingChoice: Hashable, Sendable {
  package struct Trial: Hashable, Sendable {
    /// The part of the population in each neighbourhood.
    package let frac: Double
    /// What the fit is worth: the trace of the matrix that makes fitted values of rewards.
    package let effectiveParameters: Double
    /// n · RSS / (n − effective parameters)², in squared units of the reward; infinite where the
    /// fit is worth as many parameters as there are candidates.
    package let score: Double
  }

  /// In ascending order of `frac`.
  package let trials: [Trial]

  /// The winner.
  package let frac: Double

  /// What is tried.
  package static let fractions = [
    0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
  ]

  /// Tries them all.
  ///
  /// - Parameters:
  ///   - sample: What is to be smoothed.
  ///   - population: The levels that occur.
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Complexity: O(n + U log U) time, O(U) memory.
  package init(_ sample: Sample, population: PopulationLevels, threads: Int = 1) {
    let center =
      population.population == 0
      ? 0
      : OrderStatistics.approximateMedian(
        of: PopulationColumn(sample: sample), population: population.population)
        * Lowess.headroom
    let collapsed = Parallel.sums(
      from: Collapsed(), count: sample.count, levels: sample.levels.count, threads: threads
    ) { range, collapsed in
      Blocks.forEach(sample, in: range) { codes, values in
        for index in codes.indices {
          let value = values[index] * Lowess.headroom - center
          if !value.isNaN { collapsed[Int(codes[index])].add(value) }
        }
      }
    } merge: {
      $0.add($1)
    }
    self.init(collapsed, population, threads: threads)
  }

  /// A level's candidates: what a fit sees of them, and their squares.
  struct Collapsed {
    var tally = LocalRegression.Tally()
    var squares = 0.0

    init() {}

    mutating func add(_ value: Double) {
      tally.add(value, weight: 1)
      squares += value * value
    }

    mutating func add(_ other: Collapsed) {
      tally.add(other.tally)
      squares += other.squares
    }
  }

  init(_ collapsed: [Collapsed], _ population: PopulationLevels, threads: Int) {
    let tallies = collapsed.map(\.tally)
    let count = Double(population.population)
    var fitted = [Double](repeating: .nan, count: collapsed.count)
    trials = Self.fractions.map { frac in
      guard count > 0 else { return Trial(frac: frac, effectiveParameters: 0, score: 0) }
      var regression = LocalRegression(
        levels: population,
        neighbours: Lowess.Parameters(frac: frac).neighbours(of: population.population), delta: 0)
      regression.fit(tallies, into: &fitted, threads: threads)
      let parameters = regression.effectiveParameters(tallies, threads: threads)
      var squares = 0.0
      for code in population.codes {
        let level = collapsed[code]
        let value = fitted[code]
        // Σ (reward − value)², of which rounding may leave less than nothing.
        squares += max(
          0,
          level.squares - 2 * value * level.tally.weightedValue
            + value * value * level.tally.weight)
      }
      let free = count - parameters
      let scale = 1 / (Lowess.headroom * Lowess.headroom)
      return Trial(
        frac: frac, effectiveParameters: parameters,
        score: free > 1e-9 * count ? count * squares / (free * free) * scale : .infinity)
    }
    var best = trials.last
    for trial in trials.reversed() where trial.score < best?.score ?? .infinity { best = trial }
    frac = best?.frac ?? 1
  }
}
