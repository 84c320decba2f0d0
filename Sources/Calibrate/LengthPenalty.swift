/// A fixed price for every unit of length, without looking at the rewards.
///
/// The baseline of Huang et al. (arXiv 2409.17407); their coefficient for characters is
/// 0.001.
@usableFromInline
package struct LengthPenalty: Hashable, Sendable {
  /// Reward per unit of the characteristic.
  package var coefficient: Double

  @usableFromInline
  package init(coefficient: Double = 0.001) {
    self.coefficient = coefficient
  }

  /// The bias curve, which is the same for all data.
  @usableFromInline
  package func curve(characteristic: String, alpha: Double) -> BiasCurve {
    BiasCurve(
      characteristic: characteristic, alpha: alpha, shape: .proportional(coefficient: coefficient))
  }
}
