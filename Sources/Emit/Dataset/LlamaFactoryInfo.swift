/// `dataset_info.json`, by which LLaMA-Factory finds a dataset and its columns.
struct LlamaFactoryInfo {
  /// The splits that have files, each in a folder of its name.
  let splits: [String]

  var document: JSONDocument {
    .object(
      splits.map { split in
        .init(
          name: "dpo_prep_\(split)",
          value: [
            "file_name": .string(split), "ranking": .bool(true), "formatting": "sharegpt",
            "columns": [
              "messages": "conversations", "chosen": "chosen", "rejected": "rejected",
              "system": "system",
            ],
          ])
      })
  }
}
