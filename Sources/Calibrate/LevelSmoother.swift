/// How a method smooths rewards that are summed by level.
///
/// At fixed weights the smooth must be a linear map of the sums of the rewards.
protocol LevelSmoother {
  /// The smooth at every level, in ascending order; NaN where there is none.
  ///
  /// - Parameter tallies: By level, in ascending order.
  mutating func smooth(_ tallies: [LocalRegression.Tally], threads: Int) -> [Double]
}

/// The lines of `LocalRegression`.
struct LevelLines: LevelSmoother {
  private let count: Int
  private var regression: LocalRegression

  init(_ levels: PopulationLevels, _ parameters: Lowess.Parameters) {
    count = levels.count
    regression = LocalRegression(
      levels: levels, neighbours: parameters.neighbours(of: levels.population),
      delta: parameters.delta, means: Array(repeating: .nan, count: levels.count))
  }

  mutating func smooth(_ tallies: [LocalRegression.Tally], threads: Int) -> [Double] {
    var fitted = [Double](repeating: .nan, count: count)
    regression.fit(tallies, into: &fitted, threads: threads)
    return fitted
  }
}

/// The means of `MeanCalibration`.
struct LevelMeans: LevelSmoother {
  let levels: PopulationLevels
  let radius: Double
  let minimumCount: Int

  func smooth(_ tallies: [LocalRegression.Tally], threads: Int) -> [Double] {
    let sums = tallies.map { tally in
      var sum = CompensatedSum()
      sum.add(tally.weightedValue)
      return sum
    }
    return MeanCalibration.means(
      of: sums, at: levels, within: radius, minimumCount: max(minimumCount, 1))
  }
}
