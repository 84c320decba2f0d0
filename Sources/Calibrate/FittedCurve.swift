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

  /// The curve without each group of prompts; nil where it was not fitted here, or nobody asked.
  package var replicates: Replicates?

  package init(_ curve: BiasCurve) { self.curve = curve }
}
