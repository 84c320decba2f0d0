internal import Calibrate

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
    // What the characteristics before leave of the rewards, which the next one is fitted to.
    var remaining = fitted.flatMap(\.rewards)
    var scores = Scores(first: sides[0].rewards, second: sides[1].rewards)
    let comparisons = fitted.flatMap { side in side.rewards.indices.map { UInt32($0) } }
    for (number, characteristic) in settings.characteristics.enumerated() {
      let lengths = LengthCodes(fitted.flatMap { $0.characteristics[number] })
      let bias = BiasTable(
        lengths, remaining, comparisons: comparisons, method, settings,
        radius: meanDifference(number) / settings.mean.ratio)
      func removed(_ rewards: [Double], _ lengths: [Double]) -> [Double] {
        zip(rewards, lengths).map { $0 - characteristic.alpha * bias.value(at: $1) }
      }
      remaining = removed(remaining, lengths.values)
      scores.first = removed(scores.first, sides[0].characteristics[number])
      scores.second = removed(scores.second, sides[1].characteristics[number])
    }
    for index in scores.first.indices
    where scores.first[index].isNaN || scores.second[index].isNaN {
      scores.first[index] = sides[0].rewards[index]
      scores.second[index] = sides[1].rewards[index]
      scores.uncalibrated += 1
    }
    return scores
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
