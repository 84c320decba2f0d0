package import Records

/// Where rows keep the reward of one of several reward models.
package struct ModelReward: Equatable, Sendable {
  package var model: RewardModel
  /// One path, or one for each candidate of a row.
  package var paths: [String]
  /// Whether a smaller number is the better one.
  package var isLowerBetter = false
}
