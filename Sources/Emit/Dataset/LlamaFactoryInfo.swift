internal import JSON
internal import Records

/// `dataset_info.json`, by which LLaMA-Factory finds a dataset and its columns.
struct LlamaFactoryInfo {
  /// The splits that have files, each in a folder of its name.
  let splits: [String]
  /// What stands beside conversations, each in a column of its name.
  let context: [String]

  var document: JSONValue {
    .object(
      splits.map { split in
        .init(
          name: "dpo_prep_\(split)",
          value: [
            "file_name": .string(split), "ranking": .bool(true), "formatting": "sharegpt",
            "columns": .object(
              [
                .init(name: "messages", value: "conversations"),
                .init(name: "chosen", value: "chosen"),
                .init(name: "rejected", value: "rejected"),
                .init(name: "system", value: "system"),
              ] + context.map { .init(name: $0, value: .string($0)) }),
          ])
      })
  }
}
