package import Records

/// What a dataset's folder holds and where.
package struct DatasetLayout: Sendable {
  /// The first profile is the dataset's default config; each further one is a config beside it.
  package var profiles: [Profile]
  package var format: DataFormat
  package var shardRows: Int
  /// Pairs of each split; a split without pairs is never written.
  package var pairs: [DatasetSplit: Int]
  /// Whether every length is a whole number.
  package var lengthsAreWhole: Bool
  package var extras: ExtraColumns
  /// What the messages hold beside role and text.
  package var types: ConversationTypes

  package init(
    profiles: [Profile], format: DataFormat, shardRows: Int, pairs: [DatasetSplit: Int],
    lengthsAreWhole: Bool, extras: ExtraColumns = ExtraColumns(),
    types: ConversationTypes = ConversationTypes()
  ) {
    self.types = types
    self.extras = extras
    self.profiles = profiles
    self.format = format
    self.shardRows = shardRows
    self.pairs = pairs
    self.lengthsAreWhole = lengthsAreWhole
  }

  /// The columns of a profile in order.
  func columns(of profile: Profile) -> [Column] {
    profile.columns(lengthsAreWhole: lengthsAreWhole, types: types)
      + extras.columns(of: profile, types)
  }

  /// The splits that have rows.
  var splits: [DatasetSplit] { DatasetSplit.allCases.filter { pairs[$0, default: 0] > 0 } }

  /// How many pairs a data file holds at most; the rows of a pair are never parted.
  func pairsInFile(of profile: Profile) -> Int {
    max(1, shardRows / profile.rowsPerPair.count)
  }

  /// The folder of a profile's files.
  func folder(of profile: Profile) -> String {
    profile == profiles.first ? "data" : profile.rawValue
  }

  /// The path of a split's files, up to the number.
  func pathStart(of profile: Profile, _ split: DatasetSplit) -> String {
    let name = profile.name(of: split)
    return folder(of: profile) + "/" + (profile.hasFolderForSplit ? "\(name)/\(name)" : name)
  }
}
