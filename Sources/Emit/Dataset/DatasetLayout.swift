/// What a dataset's folder holds and where.
package struct DatasetLayout: Sendable {
  /// The first profile is the dataset's default config; each further one is a config beside it.
  package var profiles: [Profile]
  package var compression: Compression
  package var shardRows: Int
  /// Rows of each split; a split without rows is never written.
  package var rows: [DatasetSplit: Int]
  /// Whether every length is a whole number.
  package var lengthsAreWhole: Bool

  package init(
    profiles: [Profile], compression: Compression, shardRows: Int, rows: [DatasetSplit: Int],
    lengthsAreWhole: Bool
  ) {
    self.profiles = profiles
    self.compression = compression
    self.shardRows = shardRows
    self.rows = rows
    self.lengthsAreWhole = lengthsAreWhole
  }

  /// The splits that have rows.
  var splits: [DatasetSplit] { DatasetSplit.allCases.filter { rows[$0, default: 0] > 0 } }

  /// What the data files' names end in; loaders tell the format by it.
  var fileExtension: String { ".jsonl" + compression.fileExtension }

  /// The folder of a profile's files.
  func folder(of profile: Profile) -> String {
    profile == profiles.first ? "data" : profile.rawValue
  }

  /// The path of a split's files, up to the number.
  func pathStart(of profile: Profile, _ split: DatasetSplit) -> String {
    folder(of: profile) + "/" + profile.name(of: split)
  }
}
