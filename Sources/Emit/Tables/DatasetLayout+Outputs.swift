package import Records

extension DatasetLayout {
  /// A data file: a split of a profile, or a part of one.
  package struct Output: Hashable, Sendable {
    package let profile: Profile
    package let split: DatasetSplit
    /// Its number among the files of the split.
    package let index: Int
    /// Relative to the dataset's folder.
    package let path: String
    /// The pairs it holds, by their numbers in the split.
    package let pairs: Range<Int>

    package var rows: Int { pairs.count * profile.rowsPerPair.count }
  }

  /// The splits of every profile, with their rows.
  package var tables: [(profile: Profile, split: DatasetSplit, rows: Int)] {
    profiles.flatMap { profile in
      splits.map { ($0, pairs[$0, default: 0] * profile.rowsPerPair.count) }
        .map { (profile: profile, split: $0, rows: $1) }
    }
  }

  /// Every data file: profile by profile, and split by split in each.
  package var outputs: [Output] {
    profiles.flatMap { profile in splits.flatMap { outputs(of: profile, $0) } }
  }

  /// The data files of a split of a profile.
  func outputs(of profile: Profile, _ split: DatasetSplit) -> [Output] {
    let ranges = ranges(of: profile, split)
    return ranges.enumerated().map { index, pairs in
      Output(
        profile: profile, split: split, index: index,
        path: pathStart(of: profile, split)
          + "-\(Self.padded(index))-of-\(Self.padded(ranges.count))\(format.fileExtension)",
        pairs: pairs)
    }
  }

  /// The pairs of each file of a split.
  func ranges(of profile: Profile, _ split: DatasetSplit) -> [Range<Int>] {
    let count = pairs[split, default: 0]
    let step = pairsInFile(of: profile)
    return stride(from: 0, to: count, by: step).map { $0..<min(count, $0 + step) }
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }
}
