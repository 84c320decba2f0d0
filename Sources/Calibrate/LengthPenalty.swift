/// A fixed price for every unit of length, without looking at the rewards.
///
/// The baseline of Huang et al. (arXiv 2409.17407); their coefficient for characters is
/// 0.001.
package struct LengthPenalty: BiasMethod, Hashable {
  /// Reward per unit of the characteristic.
  package var coefficient: Double

  package init(coefficient: Double = 0.001) {
    self.coefficient = coefficient
  }

  package func fit(
    _ sample: Sample, prompts: PromptColumn, scope: BiasScope, threads: Int
  ) -> FittedBias {
    FittedBias(.proportional(coefficient: coefficient))
  }
}
