/// The paper's RC-LWR: the bias is a robust locally weighted regression of the reward.
package struct LocalRegressionMethod: BiasMethod {
  package var parameters: Lowess.Parameters
  /// Whether `frac` is chosen by cross-validation.
  package var choosesFrac: Bool

  package init(_ parameters: Lowess.Parameters, choosesFrac: Bool = false) {
    self.parameters = parameters
    self.choosesFrac = choosesFrac
  }

  package func fit(
    _ sample: Sample, prompts: PromptColumn, scope: BiasScope, threads: Int
  ) -> FittedBias {
    var parameters = parameters
    let all = sample
    let (sample, absurdRewards) =
      parameters.iterations > 0
      ? all.judged(among: prompts, scope, threads: threads) : (all, 0)
    let choice =
      choosesFrac
      ? prompts.groups.map {
        SmoothingChoice(sample, prompts: prompts, groups: $0, scope: scope)
      } : nil
    if let choice { parameters.frac = choice.frac }
    let tallies: [LocalInfluence.Tally]
    let levels: PopulationLevels
    let bounds: [Double]
    var bias: FittedBias
    switch scope {
    case .global:
      levels = PopulationLevels(sample, threads: threads)
      let fit = Lowess.fit(
        sample, population: levels, parameters: parameters, threads: threads)
      bias = FittedBias(levels, fit.fitted)
      bounds = fit.residualBounds
      tallies = LocalInfluence.tallies(of: sample, fit, threads: threads)
    case .withinPrompt(let stopping):
      let data = InformativeCandidates(sample, prompts: prompts)
      guard data.count > 0 else {
        return fitToAll(all, prompts: prompts, threads: threads)
      }
      levels = data.levels
      let fit = WithinPrompt.fit(
        data, prompts: prompts, parameters: stopping, passes: parameters.iterations,
        smoother: LevelLines(levels, parameters), threads: threads)
      bias = FittedBias(fit)
      bounds = fit.residualBounds
      tallies = LocalInfluence.tallies(of: fit)
    }
    bias.smoothing = choice
    bias.absurdRewards = absurdRewards
    guard levels.count > 0 else { return bias }
    bias.replicates = prompts.replicateGroups.map {
      Replicates(
        sample, prompts: prompts, groups: $0, scope: scope, bias: bias,
        smoother: BinLines(frac: parameters.frac), residualBounds: bounds,
        hasBand: true)
    }
    bias.support = CurveSupport(
      levels, tallies: tallies, parameters: parameters, replicates: bias.replicates)
    return bias
  }
}
