internal import Calibrate
internal import Columns

/// A fitted bias, looked up at any value of the characteristic.
struct BiasTable {
  private let biasOfLevel: [Double: Double]
  private let curve: BiasCurve
  /// Whether between fitted values the next larger one is taken, as in the published code, which
  /// knows none beyond the largest; here the largest is taken there.
  private let takesNextLarger: Bool
  /// What RC-Mean looks up at other lengths: it is a mean around any.
  private let windows: RewardWindows?
  private let minimumCount: Int

  /// - Parameters:
  ///   - rewards: What the bias is fitted to; NaN does not take part.
  ///   - comparisons: For each answer the comparison that it is in.
  ///   - radius: How near answers are similar, for RC-Mean.
  init(
    _ lengths: LengthCodes, _ rewards: [Double], comparisons: [UInt32],
    _ method: EvaluationMethod, _ settings: MethodSettings, radius: Double
  ) {
    takesNextLarger = settings.isReferenceCompatible
    minimumCount = settings.mean.minimumCount
    windows =
      method == .mean
      ? RewardWindows(
        zip(lengths.values, rewards).filter { !$1.isNaN }.map { (length: $0, reward: $1) },
        radius: radius) : nil
    let sample = lengths.sample(of: rewards)
    let population = PopulationLevels(sample)
    let fitted: [Double]
    if method == .mean {
      fitted = MeanCalibration.fit(
        sample, population: population, radius: radius,
        minimumCount: settings.mean.minimumCount)
    } else {
      var parameters = settings.lowess
      if settings.choosesFrac {
        // Comparisons are dealt to the groups evenly.
        let count = Int(comparisons.max() ?? 0) + 1
        let groups = (0..<count).map {
          Jackknife.group(ofPrompt: UInt64($0) &* 0x9E37_79B9_7F4A_7C15)
        }
        parameters.frac =
          SmoothingChoice(
            sample, prompts: PromptColumn(codes: comparisons, count: count), groups: groups,
            scope: .global
          ).frac
      }
      fitted = Lowess.fit(sample, population: population, parameters: parameters).fitted
    }
    biasOfLevel = Dictionary(uniqueKeysWithValues: zip(lengths.levels, fitted))
    curve = BiasCurve(
      characteristic: "", alpha: 1,
      shape: .knots(
        population.codes.map { code in
          BiasCurve.Knot(
            length: lengths.levels[code], bias: fitted[code].isNaN ? nil : fitted[code],
            candidates: 1)
        }))
  }

  /// The bias; of a regression interpolated between fitted values, NaN where there is none.
  func value(at length: Double) -> Double {
    if let bias = biasOfLevel[length] { return bias }
    if let windows {
      let mean = windows.mean(around: length)
      return mean.flatMap { $0.count >= minimumCount ? $0.value : nil } ?? .nan
    }
    guard takesNextLarger else { return curve.bias(at: length) ?? .nan }
    let knots = curve.knots
    var (low, high) = (0, knots.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if knots[middle].length >= length { high = middle } else { low = middle + 1 }
    }
    return knots.indices.contains(low) ? knots[low].bias ?? .nan : .nan
  }
}
