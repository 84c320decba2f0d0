internal import Calibrate

/// A fitted bias, looked up at any value of the characteristic.
struct BiasTable {
  private let biasOfLevel: [Double: Double]
  private let curve: BiasCurve

  /// - Parameters:
  ///   - rewards: What the bias is fitted to; NaN does not take part.
  ///   - radius: How near answers are similar, for RC-Mean.
  init(
    _ lengths: LengthCodes, _ rewards: [Double], _ method: EvaluationMethod,
    _ settings: MethodSettings, radius: Double
  ) {
    let population = PopulationLevels(
      levels: lengths.levels, codes: lengths.codes, values: rewards)
    let fitted: [Double]
    if method == .mean {
      fitted = MeanCalibration.fit(
        levels: lengths.levels, codes: lengths.codes, values: rewards, population: population,
        radius: radius, minimumCount: settings.mean.minimumCount)
    } else {
      var parameters = settings.lowess
      if settings.choosesFrac {
        parameters.frac =
          SmoothingChoice(
            levels: lengths.levels, codes: lengths.codes, values: rewards, population: population
          ).frac
      }
      fitted =
        Lowess.fit(
          levels: lengths.levels, codes: lengths.codes, values: rewards, population: population,
          parameters: parameters
        ).fitted
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

  /// The bias; between fitted values interpolated, NaN where there is none.
  func value(at length: Double) -> Double {
    biasOfLevel[length] ?? curve.bias(at: length) ?? .nan
  }
}
