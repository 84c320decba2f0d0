/// One of several reward models whose rewards are combined.
package struct RewardModel: Hashable, Sendable {
  package var name: String
  /// How much its rewards count beside those of the others; above 0.
  package var weight: Double

  package init(name: String, weight: Double = 1) {
    self.name = name
    self.weight = weight
  }
}
