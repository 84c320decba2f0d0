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
    let choice =
      choosesFrac
      ? prompts.groups.map {
        SmoothingChoice(sample, prompts: prompts, groups: $0, scope: scope)
      } : nil
    if let choice { parameters.frac = choice.frac }
    // Within prompts the support is that of the last round, whose line is the curve but for a
    // constant.
    var last: (sample: Sample, population: PopulationLevels, fit: Lowess.Fit)?
    var bias = scope.fit(sample, prompts: prompts, threads: threads) { sample, population in
      let fit = Lowess.fit(
        sample, population: population, parameters: parameters, threads: threads)
      last = (sample, population, fit)
      return fit.fitted
    }
    bias.smoothing = choice
    guard let last else { return bias }
    bias.replicates = prompts.replicateGroups.map {
      Replicates(
        sample, prompts: prompts, groups: $0, scope: scope, bias: bias,
        smoother: BinLines(frac: parameters.frac), residualBounds: last.fit.residualBounds)
    }
    bias.support = CurveSupport(
      last.sample, population: last.population, fit: last.fit, parameters: parameters,
      replicates: bias.replicates, threads: threads)
    return bias
  }
}
