internal import Emit
internal import Parquet
internal import Records
internal import Rows
internal import Settings

extension DatasetLayout {
  /// The layout that a configuration describes.
  init(
    _ output: Configuration.Output, pairs: [DatasetSplit: Int], lengthsAreWhole: Bool,
    extras: ExtraColumns, types: ConversationTypes
  ) {
    self.init(
      profiles: output.profiles, format: DataFormat(output), shardRows: output.shardRows,
      pairs: pairs,
      lengthsAreWhole: lengthsAreWhole, extras: extras, types: types)
  }
}

extension DataFormat {
  fileprivate init(_ output: Configuration.Output) {
    switch (output.format, output.compression) {
    case (.parquet, .none): self = .parquet(.none)
    case (.parquet, .snappy): self = .parquet(.snappy)
    case (.parquet, .gzip): self = .parquet(.gzip)
    case (.parquet, .zstd): self = .parquet(.zstd)
    case (.jsonl, .none): self = .jsonl(.none)
    case (.jsonl, .gzip): self = .jsonl(.gzip)
    // The rules of the configuration refuse snappy here.
    case (.jsonl, .zstd), (.jsonl, .snappy): self = .jsonl(.zstd)
    }
  }
}
