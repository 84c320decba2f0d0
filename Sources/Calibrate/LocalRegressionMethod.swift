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
    var choice: SmoothingChoice?
    // Within prompts the support is that of the last round, whose line is the curve but for a
    // constant.
    var last: (sample: Sample, population: PopulationLevels, fit: Lowess.Fit)?
    var bias = scope.fit(sample, prompts: prompts, threads: threads) { sample, population in
      if choosesFrac, choice == nil {
        // Within prompts the first round, in which the rewards are less the mean of their prompt.
        let best = SmoothingChoice(sample, population: population, threads: threads)
        choice = best
        parameters.frac = best.frac
      }
      let fit = Lowess.fit(
        sample, population: population, parameters: parameters, threads: threads)
      last = (sample, population, fit)
      return fit.fitted
    }
    bias.smoothing = choice
    bias.support = last.map {
      CurveSupport(
        $0.sample, prompts: prompts.codes, population: $0.population, fit: $0.fit,
        parameters: parameters, threads: threads)
    }
    return bias
  }
}
