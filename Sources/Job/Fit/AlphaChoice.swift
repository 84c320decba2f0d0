/// How an alpha was chosen.
package struct AlphaChoice {
  /// What an alpha gives.
  package struct Trial {
    package var alpha: Double
    package var value: Double
    /// How much the value changes when an average pair turns round.
    package var grain: Double
  }

  package var target: PairFigure
  /// Where the figure should be.
  package var goal: Double
  /// The figure that the chosen alpha gives.
  package var value: Double
  /// Every alpha that was tried, in the order of trial.
  package var trials: [Trial]
  /// Whether the figure is as near to the goal as an average pair that turns round could bring it.
  package var isReached: Bool
  /// Where the figure passes over the goal in a jump: the values on both sides.
  package var jump: (alpha: Double, before: Double, after: Double)?
}
