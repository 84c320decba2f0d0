internal import Calibrate
internal import Columns
internal import Scan
internal import Settings

extension InputScan.Result {
  /// How much of the bias of the combined reward those of each of several reward models have: the
  /// coefficient of what a model says on the bias, within prompts.
  ///
  /// - Parameter curves: Of the combined reward; all of their bias counts, whatever is removed.
  func biasShares(
    of curves: [BiasCurve], by calibration: Configuration.Calibration
  ) -> [Double] {
    guard !table.rewardModels.isEmpty else { return [] }
    let combination = calibration.combination(of: table.rewardModels, table.modelDeviations)
    let calibrator = Calibrator(curves: curves, levels: table.measures.map(\.levels))
      .removed(alphas: curves.map { _ in 1 })
    let calibrated = CalibratedRewards(table, calibrator)
    var variation = 0.0
    var covariances = [Double](repeating: 0, count: table.rewardModels.count)
    for prompt in 0..<table.promptCount {
      let (candidates, rewards) = table.modelRewards(ofPrompt: prompt, in: groups)
      let biases = candidates.map { calibrated.bias(of: $0) }
      // Without a bias the prompt is left as it is.
      guard biases.count > 1, biases.allSatisfy(\.isFinite) else { continue }
      let mean = biases.reduce(0, +) / Double(biases.count)
      variation += biases.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      for (model, own) in combination.statements(of: rewards).enumerated() {
        covariances[model] += zip(own, biases).reduce(0) { $0 + $1.0 * ($1.1 - mean) }
      }
    }
    return covariances.map { covariance in
      let share = covariance / variation
      return share.isFinite ? share : 1
    }
  }

  /// What a reward model says of each candidate, in the unit of the combination; NaN outside the
  /// population.
  ///
  /// Takes 8 bytes a candidate.
  func statements(
    ofModel model: Int, by combination: RewardCombination
  ) -> Columns.Column<Double> {
    var column = Columns.Column<Double>(repeating: .nan, count: table.candidateCount)
    for prompt in 0..<table.promptCount {
      let (candidates, rewards) = table.modelRewards(ofPrompt: prompt, in: groups)
      let statements = combination.statements(of: rewards)[model]
      for (candidate, value) in zip(candidates, statements) { column[candidate] = value }
    }
    return column
  }
}
