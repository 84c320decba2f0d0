package import Calibrate
internal import Columns
internal import Curves
package import Records
package import Scan
package import Settings
internal import Work

extension Configuration.Calibration {
  /// What takes the place of rewards; nil where they stay.
  package var rewardTransform: RewardTransform? {
    switch transform {
    case .none: nil
    case .logit: .logit(clip: clip)
    case .rank: .rank
    case .zscore: .zscore
    }
  }

  /// The transform in a few words; nil without one.
  package var transformText: String? {
    switch transform {
    case .none: nil
    case .logit: "logits (clip \(clip))"
    case .rank: "ranks within their prompt, (rank \u{2212} \u{BD}) / n"
    case .zscore: "z-scores within their prompt"
    }
  }
}

extension InputScan.Result {
  /// The candidates with what the configuration wants in place of their rewards, which for several reward
  /// models is what these are combined to.
  ///
  /// - Throws: what is wrong with the saved curve that the configuration names.
  package consuming func transformed(
    by configuration: Configuration, printer: any DiagnosticSink
  ) throws -> InputScan.Result {
    var result = self
    let calibration = configuration.calibration
    if !result.table.rewardModels.isEmpty {
      let deviations =
        try CombinationRecord.deviations(saved: calibration, for: result.table.rewardModels)
        ?? result.deviations(by: calibration, threads: configuration.threadCount)
      result.warn(of: deviations, printer)
      let combination = calibration.combination(of: result.table.rewardModels, deviations)
      result.table.combineRewards(in: result.groups, deviations: deviations) {
        combination.combined(combination.statements(of: $0))
      }
    } else if let transform = calibration.rewardTransform {
      result.table.transformRewards(in: result.groups, transform.apply)
    }
    return result
  }

  /// The standard deviation of each reward model's rewards within prompts.
  private func deviations(
    by calibration: Configuration.Calibration, threads: Int
  ) -> [Double] {
    let (table, groups) = (table, groups)
    let transform = calibration.rewardTransform
    return Concurrent.map(Array(table.rewardModels.indices), threads: threads) { model in
      let (rewards, usable) = (table.modelRewards[model], table.rewards)
      var deviation = WithinPromptDeviation()
      for prompt in 0..<table.promptCount {
        var values = groups[prompt].map { Int($0) }.filter { !usable[$0].isNaN }
          .map { rewards[$0] }
        transform?.apply(to: &values)
        deviation.add(values)
      }
      return deviation.value
    }
  }

  /// Warns of reward models that tell no answers apart.
  private func warn(of deviations: [Double], _ printer: any DiagnosticSink) {
    for (model, deviation) in zip(table.rewardModels, deviations) where deviation == 0 {
      printer.report(
        Diagnostic(
          .warning,
          "the rewards of \"\(model.name)\" do not differ within any prompt, so it has no say",
          hint: "leave it out of input.fields.rewards, or check where its rewards are",
          code: "reward_model_without_say"))
    }
  }
}
