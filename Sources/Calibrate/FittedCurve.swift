/// The bias of one characteristic as it was estimated, and how the estimate came about.
package struct FittedCurve: Sendable {
  package var curve: BiasCurve
  /// What the curve rests on; nil without local regression, or without a candidate that took part.
  package var support: CurveSupport?
  /// How much is smoothed; nil unless that was chosen.
  package var smoothing: SmoothingChoice?
  /// How the fit within prompts went; nil for a global one.
  package var convergence: WithinPrompt.Convergence?
  /// How near answers are similar, in units of the characteristic; nil but for method `mean`.
  package var radius: Double?
  /// The part of the candidates beyond the curve's ends, where its bias is that of the end.
  package var extrapolatedShare = 0.0

  /// The curve without each group of prompts; nil where it was not fitted here, or not asked for.
  package var replicates: Replicates?

  /// What models add to rewards, about their mean, by the index of the model; they are no part of the
  /// bias.
  package var modelEffects: [ModelEffect] = []
  /// How far the bias may be off by the arithmetic, and since fits are stopped, in units of the
  /// reward; 0 for a curve that was not fitted here.
  package var precision = 0.0
  /// Whether nothing tells of the characteristic beside those that it was fitted with, so that its line
  /// is flat.
  package var isUndetermined = false
  /// How far lines that were fitted with the curve still moved when that was given up, in units of the
  /// reward; nil where they had come to rest.
  package var unsettledMovement: Double?
  /// How many rewards were so absurdly far from the others that they took no part.
  package var absurdRewards = 0

  package init(_ curve: BiasCurve) { self.curve = curve }

  /// How far the coefficient of a line may be off by chance; nil for a curve, and where it was not
  /// asked for.
  package var standardError: Double? {
    guard case .proportional = curve.shape else { return nil }
    return replicates.map { $0.deviation(at: 1, from: 0).standardError }
  }
}
