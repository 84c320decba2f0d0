package import Columns

extension CandidateTable {
  /// For each candidate its reward as it came, whatever was put in its place.
  package var rawRewards: Column<Double> { originalRewards ?? rewards }

  /// Puts other rewards in place of those of each prompt's usable candidates.
  ///
  /// - Parameter transform: Changes the rewards of a prompt, in the order of its candidates.
  package mutating func transformRewards(
    in groups: CandidateGroups, _ transform: (inout [Double]) -> Void
  ) {
    var original = rewards
    for prompt in 0..<promptCount {
      let candidates = groups[prompt].map { Int($0) }.filter { !original[$0].isNaN }
      var values = candidates.map { original[$0] }
      transform(&values)
      for (candidate, value) in zip(candidates, values) {
        rewards[candidate] = value
        // A 0 whose sign marked the better end is a 0.
        original[candidate] += 0
      }
    }
    originalRewards = original
  }

  /// Puts what several reward models say together in place of the rewards of each prompt's usable
  /// candidates.
  ///
  /// - Parameters:
  ///   - deviations: What the rewards of each model are divided by, to be kept with them.
  ///   - combine: Takes the rewards of a prompt's candidates, for each model those of one candidate after
  ///     the other, and gives one for each, which is finite.
  package mutating func combineRewards(
    in groups: CandidateGroups, deviations: [Double], _ combine: ([[Double]]) -> [Double]
  ) {
    modelDeviations = deviations
    for prompt in 0..<promptCount {
      let (candidates, rewards) = modelRewards(ofPrompt: prompt, in: groups)
      for (candidate, reward) in zip(candidates, combine(rewards)) {
        self.rewards[candidate] = reward
      }
    }
  }

  /// The usable candidates of a prompt, and for each of several reward models its rewards for them.
  package func modelRewards(
    ofPrompt prompt: Int, in groups: CandidateGroups
  ) -> (candidates: [Int], rewards: [[Double]]) {
    let candidates = groups[prompt].map { Int($0) }.filter { !rewards[$0].isNaN }
    return (candidates, modelRewards.map { column in candidates.map { column[$0] } })
  }
}
