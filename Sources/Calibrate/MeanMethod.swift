/// The paper's RC-Mean: the bias is the mean reward of candidates of similar length.
package struct MeanMethod: BiasMethod {
  package var parameters: MeanCalibration.Parameters

  package init(_ parameters: MeanCalibration.Parameters) { self.parameters = parameters }

  package func fit(
    _ sample: Sample, prompts: PromptColumn, scope: BiasScope, threads: Int
  ) -> FittedBias {
    let radius =
      MeanCalibration.meanLengthDifference(sample, prompts: prompts.codes) / parameters.ratio
    var bias: FittedBias
    switch scope {
    case .global:
      let population = PopulationLevels(sample, threads: threads)
      bias = FittedBias(
        population,
        MeanCalibration.fit(
          sample, population: population, radius: radius,
          minimumCount: parameters.minimumCount))
    case .withinPrompt(let stopping):
      let data = InformativeCandidates(sample, prompts: prompts)
      guard data.count > 0 else {
        return fitToAll(sample, prompts: prompts, threads: threads)
      }
      bias = FittedBias(
        WithinPrompt.fit(
          data, prompts: prompts, parameters: stopping,
          smoother: LevelMeans(
            levels: data.levels, radius: radius, minimumCount: parameters.minimumCount),
          threads: threads))
    }
    bias.radius = radius
    bias.replicates = prompts.replicateGroups.map {
      Replicates(
        sample, prompts: prompts, groups: $0, scope: scope, bias: bias,
        smoother: BinMeans(radius: radius, minimumCount: parameters.minimumCount))
    }
    return bias
  }
}
