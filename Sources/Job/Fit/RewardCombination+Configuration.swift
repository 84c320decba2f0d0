package import Calibrate
package import Curves
internal import Records
package import Scan
package import Settings

extension Configuration.Calibration {
  /// How the rewards of several reward models become one.
  ///
  /// - Parameter deviations: Of each within prompts.
  func combination(of models: [RewardModel], _ deviations: [Double]) -> RewardCombination {
    RewardCombination(
      combinationRule, transform: rewardTransform, weights: models.map(\.weight),
      deviations: deviations)
  }

  /// How rewards of several models become one.
  package var combinationRule: RewardCombination.Rule {
    switch combine {
    case .scaledMean: .scaledMean
    case .meanRank: .meanRank
    case .min: .least
    case .meanMinusDeviation: .meanMinusDeviation(factor: lambda)
    }
  }

  /// What is reported of several reward models and their combination; nil where there is one reward.
  ///
  /// - Parameter biasShares: How much of the bias of the combined reward those of each model have.
  package func record(
    of table: CandidateTable, _ biasShares: [Double]
  ) -> CombinationRecord? {
    guard !table.rewardModels.isEmpty else { return nil }
    return CombinationRecord(
      rule: combine.rawValue, lambda: combine == .meanMinusDeviation ? lambda : nil,
      models: table.rewardModels.indices.map { model in
        .init(
          table.rewardModels[model], deviation: table.modelDeviations[model],
          biasShare: biasShares[model])
      })
  }
}

extension CombinationRecord {
  /// What a saved curve says that rewards are divided by; nil where no curve is named.
  ///
  /// - Throws: ``CurveFile/Failure`` where the curve is of other reward models, or of rewards that were
  ///   combined otherwise.
  static func deviations(
    saved calibration: Configuration.Calibration, for models: [RewardModel]
  ) throws -> [Double]? {
    guard let path = calibration.curve else { return nil }
    func failure(_ message: String, hint: String) -> CurveFile.Failure {
      CurveFile.Failure(.otherCombination, message, file: path, hint: hint)
    }
    guard let record = try CurveFile.read(path).population?.combination else {
      throw failure(
        "the curve was fitted on one reward, these rows have those of \(models.count) models",
        hint: "fit a curve on rows like these with `dpo-prep fit`")
    }
    let wanted = calibration.combine.rawValue
    let isOtherLambda =
      calibration.combine == .meanMinusDeviation && record.lambda != calibration.lambda
    guard record.rule == wanted, !isOtherLambda else {
      throw failure(
        "the curve was fitted on rewards that were combined by \(record.text), but "
          + "calibration.combine is \(wanted)\(isOtherLambda ? ", lambda \(calibration.lambda)" : "")",
        hint: "set calibration.combine: \(record.rule), or fit another curve")
    }
    guard record.models.map(\.model) == models else {
      throw failure(
        "the curve was fitted on rewards of \(Self.text(record.models.map(\.model))), these rows have "
          + "those of \(Self.text(models))",
        hint: "give the reward models the same names, order and weights, or fit another curve")
    }
    return record.models.map(\.deviation)
  }

  private static func text(_ models: [RewardModel]) -> String {
    models.map { $0.weight == 1 ? $0.name : "\($0.name) (weight \($0.weight))" }
      .joined(separator: ", ")
  }
}
