package import Calibrate
package import Records

/// The parameters of every method.
package struct MethodSettings: Sendable {
  /// What biases the rewards, removed one after the other, and how much of each bias is removed.
  package var characteristics: [(measure: Characteristic, alpha: Double)]
  package var lowess: Lowess.Parameters
  /// Whether the fraction of the regression's window is chosen by cross-validation.
  package var choosesFrac: Bool
  /// Which answers a regression sees a bias against; means are always over all of them.
  package var scope: BiasScope
  /// What takes the place of rewards before all else; nil where they stay.
  package var transform: RewardTransform?
  /// How the rewards of all models of a benchmark become those of one more; nil for no such model.
  package var ensemble: RewardCombination.Rule?
  package var mean: MeanCalibration.Parameters
  /// What a character costs under the length penalty.
  package var penalty: Double
  package var ties: TieRule
  /// Whether numbers are those of the paper's published code, where that departs from the paper.
  package var isReferenceCompatible: Bool

  package init(
    characteristics: [(measure: Characteristic, alpha: Double)], lowess: Lowess.Parameters,
    choosesFrac: Bool, scope: BiasScope = .global, transform: RewardTransform? = nil,
    ensemble: RewardCombination.Rule? = nil, mean: MeanCalibration.Parameters, penalty: Double,
    ties: TieRule, isReferenceCompatible: Bool
  ) {
    self.characteristics = characteristics
    self.lowess = lowess
    self.choosesFrac = choosesFrac
    self.scope = scope
    self.transform = transform
    self.ensemble = ensemble
    self.mean = mean
    self.penalty = penalty
    self.ties = ties
    self.isReferenceCompatible = isReferenceCompatible
  }
}
