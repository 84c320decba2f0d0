/// Where a row keeps what is read, as dotted paths.
package struct FieldMap: Hashable, Sendable {
  package var prompt = "prompt"
  package var promptID = "prompt_id"
  package var response = "response"
  /// The reward of a flat row, or those of several reward models; never empty.
  package var flatRewards = [RewardField("reward")]
  /// One list, or a field for each response.
  package var responses = ["all_generated_responses"]
  /// The list of rewards of a nested row, or those of several reward models; never empty.
  ///
  /// Where ``responses`` are several fields, fields without a name are those of one reward.
  package var nestedRewards = [RewardField("all_rm_scores")]
  package var model = "model"
  package var system = "system"
  package var messages = "messages"

  package init() {}

  /// The reward of a flat row; of several the first.
  package var reward: String {
    get { flatRewards[0].paths[0] }
    set { flatRewards = [RewardField(newValue)] }
  }

  /// The list of rewards of a nested row, or as many fields as ``responses``; of several rewards the
  /// first's.
  package var rewards: [String] {
    get { nestedRewardModels[0].paths }
    set { nestedRewards = newValue.map { RewardField($0) } }
  }

  /// The rewards of a nested row, each with all its fields.
  package var nestedRewardModels: [RewardField] {
    responses.count > 1 && nestedRewards.allSatisfy(\.isPlain)
      ? [RewardField(paths: nestedRewards.flatMap(\.paths))] : nestedRewards
  }

  /// For each reward model the map by which its rewards alone are read; one where there is one reward.
  package var ofEachReward: [(model: RewardModel, fields: FieldMap)] {
    let (flat, nested) = (flatRewards, nestedRewardModels)
    // Rows of both kinds may be read where both are named; the models have to be the same then.
    let leading = flat.count > nested.count ? flat : nested.count > 1 ? nested : flat
    let names = leading.names
    return leading.indices.map { index in
      var fields = self
      fields.flatRewards = [flat.count > index ? flat[index] : flat[0]]
      fields.nestedRewards =
        (nested.count > index ? nested[index] : nested[0]).paths.map { RewardField($0) }
      return (RewardModel(name: names[index], weight: leading[index].weight), fields)
    }
  }
}
