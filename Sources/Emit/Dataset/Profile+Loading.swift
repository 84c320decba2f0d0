internal import Records

extension Profile {
  /// Where a profile's rows are.
  struct Place {
    var config: String
    var split: String
    /// The folder of its files in the dataset's.
    var folder: String
  }

  /// How to hand the rows to those that they are made for, in Markdown.
  func loading(from place: Place) -> String {
    let config = place.config == "default" ? "" : "\"\(place.config)\", "
    return """
      ```python
      from datasets import load_dataset

      dataset = load_dataset("path/to/this/folder", \(config)split="\(place.split)")
      ```

      \(use(place))

      """
  }

  private func use(_ place: Place) -> String {
    switch self {
    case .alignmentHandbook:
      """
      For the alignment-handbook, select the two conversations: a trainer that also gets `prompt` \
      beside whole conversations would repeat the user turn or fail.

      ```yaml
      dataset_mixture:
        datasets:
          - id: path/to/this/folder
            config: \(place.config)
            split: \(place.split)
            columns: [chosen, rejected]
      ```
      """
    case .trl:
      """
      TRL's `DPOTrainer` takes it as it is: `prompt` holds the turns before the answer, `chosen` and \
      `rejected` only the answer.
      """
    case .trlImplicit:
      """
      TRL's `DPOTrainer` takes it as it is, and what both conversations begin with for the prompt. \
      `RewardTrainer` takes it too.
      """
    case .standard:
      """
      Strings without a chat template; the turns of a longer prompt are joined by a blank line.
      """
    case .kto:
      """
      TRL's `KTOTrainer` takes it as it is: every answer is a row, and `label` says whether it was \
      the better one of its pair.
      """
    case .openRLHF:
      """
      ```console
      $ openrlhf.cli.train_dpo --dataset path/to/this/folder --apply_chat_template \\
          --chosen_key chosen --rejected_key rejected …
      ```
      """
    case .llamaFactory:
      """
      ```yaml
      stage: dpo
      dataset_dir: path/to/this/folder/\(place.folder)
      dataset: dpo_prep_\(place.split)
      ```
      """
    case .axolotl:
      """
      ```yaml
      rl: dpo
      datasets:
        - path: path/to/this/folder
          name: \(place.config)
          split: \(place.split)
          type: chat_template.default
          field_messages: messages
          field_chosen: chosen
          field_rejected: rejected
      ```
      """
    case .msSwift:
      """
      ```console
      $ swift rlhf --rlhf_type dpo --dataset path/to/this/folder/\(place.folder)/\(place.split)-… …
      ```
      """
    }
  }
}
