internal import Calibrate
internal import Columns
internal import Records

extension ComparedRewards {
  /// The scores of every comparison under a method.
  func scores(_ method: EvaluationMethod, _ settings: MethodSettings) -> Scores {
    var sides = [first, second]
    var others = others
    if method.isPenalized {
      sides[0].penalize(settings.penalty, for: first.characters)
      // On leaderboards the published code takes the model's length off the baseline here.
      let isMistaken =
        settings.isReferenceCompatible && method == .lwrPenalty && fitsFirst && !fitsSecond
      sides[1].penalize(
        settings.penalty, for: isMistaken ? first.characters : second.characters)
      if let characters = others?.characters {
        others?.penalize(settings.penalty, for: characters)
      }
    }
    switch method {
    case .original, .penalty:
      return Scores(first: sides[0].rewards, second: sides[1].rewards)
    case .mean where settings.isReferenceCompatible:
      return ReferenceMean(
        sides[0], sides[1], fitsFirst: fitsFirst, fitsSecond: fitsSecond, others: others
      ).scores(settings)
    case .mean, .lwr, .lwrPenalty:
      return calibrated(sides, others, method, settings)
    }
  }

  private func calibrated(
    _ sides: [Side], _ others: Side?, _ method: EvaluationMethod, _ settings: MethodSettings
  ) -> Scores {
    let fitted =
      (fitsFirst ? [sides[0]] : []) + (fitsSecond ? [sides[1]] : []) + (others.map { [$0] } ?? [])
    let pool = FittedAnswers(fitted, scope: settings.scope)
    let curves = SequentialCalibration.fit(
      settings.characteristics.enumerated().map { number, characteristic in
        let lengths = LevelColumn(pool.characteristics[number])
        return SequentialCalibration.Characteristic(
          name: characteristic.measure.name, alpha: characteristic.alpha, levels: lengths.levels,
          codes: lengths.codes)
      },
      rewards: pool.rewards, prompts: pool.prompts,
      methods: settings.characteristics.indices.map { number -> any BiasMethod in
        guard method == .mean else {
          return LocalRegressionMethod(settings.lowess, choosesFrac: settings.choosesFrac)
        }
        return ComparedMean(
          radius: meanDifference(number) / settings.mean.ratio,
          minimumCount: settings.mean.minimumCount,
          lengths: (sides + fitted).flatMap { $0.characteristics[number] })
      }, scope: settings.scope
    ).map(\.curve)
    func scores(of side: Side) -> [Double] {
      side.rewards.indices.map { index in
        curves.enumerated().reduce(side.rewards[index]) { score, curve in
          let length = side.characteristics[curve.offset][index]
          let bias =
            settings.isReferenceCompatible
            ? curve.element.publishedBias(at: length) : curve.element.bias(at: length)
          return score - curve.element.alpha * (bias ?? .nan)
        }
      }
    }
    var result = Scores(first: scores(of: sides[0]), second: scores(of: sides[1]))
    for index in result.first.indices
    where result.first[index].isNaN || result.second[index].isNaN {
      result.first[index] = sides[0].rewards[index]
      result.second[index] = sides[1].rewards[index]
      result.uncalibrated += 1
    }
    return result
  }

  /// How far apart the two sides of a comparison are in a characteristic, on average.
  func meanDifference(_ number: Int) -> Double {
    let differences = zip(first.characteristics[number], second.characteristics[number])
      .map { abs($0 - $1) }
    return differences.isEmpty
      ? 0 : differences.reduce(0, +) / Double(differences.count)
  }
}

extension ComparedRewards.Side {
  fileprivate mutating func penalize(_ coefficient: Double, for characters: [Double]) {
    for index in rewards.indices { rewards[index] -= coefficient * characters[index] }
  }
}
