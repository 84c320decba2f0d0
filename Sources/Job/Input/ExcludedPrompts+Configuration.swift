package import Ingest
package import Scan
package import Settings
internal import Work

extension ExcludedPrompts {
  /// Reads what `input.exclude` names; nil where it names nothing.
  package init?(_ configuration: Configuration) throws {
    guard !configuration.input.exclude.isEmpty else { return nil }
    try self.init(
      configuration.input.exclude.flatMap { path in
        // Each path by itself: together, datasets of ours would be left out beside other files.
        try FoundInput([path], streamFolder: InputFile.temporaryFolder).files
      },
      fields: configuration.input.fields,
      framing: FramingOptions(
        maximumRowByteCount: configuration.input.maxRow,
        windowByteCount: configuration.input.maxWindow),
      threads: configuration.threadCount, checkpoint: { try Interruption.checkpoint() })
  }
}

extension Configuration.Input {
  /// The files that `exclude` names.
  package func excludedFiles() throws -> [InputFile] {
    try exclude.flatMap { path in try InputDiscovery.files(for: [path]) }
  }
}
