internal import Records

extension Profile {
  /// Where a profile's rows are.
  struct Place {
    /// Whether they come when no config is asked for.
    var isDefault: Bool
    /// The splits that have rows.
    var splits: [String]
    /// The folder of its files in the dataset's.
    var folder: String

    var split: String { splits.first ?? DatasetSplit.train.rawValue }
  }

  /// How to hand the rows to those that they are made for, in Markdown.
  ///
  /// A test carries out every block of it.
  func loading(from place: Place) -> String {
    let config = place.isDefault ? "" : "\"\(rawValue)\", "
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
    case .alignmentHandbook: handbook(place)
    case .h4:
      """
      The columns of `HuggingFaceH4/ultrafeedback_binarized`. A trainer that also gets the string \
      `prompt` beside whole conversations fails, so the two conversations have to be selected:

      \(mixture(place))
      """
    case .trl:
      """
      TRL's `DPOTrainer` takes it as it is: `prompt` holds the turns before the answer, `chosen` \
      and `rejected` only the answer.
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
    case .openRLHF: openRLHF(place)
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
          name: \(rawValue)
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
      $ swift rlhf --rlhf_type dpo --dataset path/to/this/folder:\(rawValue) …
      ```
      """
    }
  }

  /// The dataset among others, for the alignment-handbook's branch main.
  private func mixture(_ place: Place) -> String {
    """
    ```yaml
    dataset_mixture:
      datasets:
        - id: path/to/this/folder
          config: \(rawValue)
          split: \(place.split)
          columns: [chosen, rejected]
    ```
    """
  }

  private func handbook(_ place: Place) -> String {
    let test =
      place.splits.count > 1
      ? ""
      : " They train only with a test split, which `split.test` makes and this dataset lacks."
    // Only what is not the default has to be named.
    let (config, configs) =
      place.isDefault
      ? ("", "") : ("\ndataset_config: \(rawValue)", "\ndataset_configs: [\(rawValue)]")
    return """
      TRL's `DPOTrainer` and the alignment-handbook take it as it is: what both conversations begin \
      with is the prompt, and no other column is one that they read. For the handbook's \
      `scripts/dpo.py`:

      ```yaml
      dataset_name: path/to/this/folder\(config)
      ```

      In a mixture with other datasets, where all need the same columns:

      \(mixture(place))

      For `scripts/run_dpo.py` of its releases up to 0.3:\(test)

      ```yaml
      dataset_mixer:
        path/to/this/folder: 1.0\(configs)
      dataset_splits: [\(place.splits.joined(separator: ", "))]
      ```
      """
  }

  /// OpenRLHF loads the default config of a folder, or a folder of data files.
  private func openRLHF(_ place: Place) -> String {
    let path = "path/to/this/folder" + (place.isDefault ? "" : "/" + place.folder)
    return """
      ```console
      $ python -m openrlhf.cli.train_dpo --data.dataset \(path) \\
          --data.apply_chat_template --data.chosen_key chosen --data.rejected_key rejected …
      ```

      Before version 0.10.4:

      ```console
      $ python -m openrlhf.cli.train_dpo --dataset \(path) \\
          --apply_chat_template --chosen_key chosen --rejected_key rejected …
      ```
      """
  }
}
