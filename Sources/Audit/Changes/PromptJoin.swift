internal import Columns

/// Which prompts of two datasets are the same.
///
/// Prompts are identified by their ids where every row of both datasets has one, otherwise by their text.
/// What is left over on both sides is joined by its text without regard to white space.
struct PromptJoin {
  /// The rows of one prompt, by their places among the records, ascending.
  struct Match {
    var old: [Int]
    var new: [Int]
  }

  let isByID: Bool
  /// In the order in which the old dataset has them.
  private(set) var matches: [Match] = []
  /// The rows of each prompt that only the old dataset has.
  private(set) var removed: [[Int]] = []
  /// The rows of each prompt that only the new dataset has.
  private(set) var added: [[Int]] = []

  var oldCount: Int { matches.count + removed.count }
  var newCount: Int { matches.count + added.count }

  init(_ old: [PairRecord], _ new: [PairRecord]) {
    let isByID = old.allSatisfy { $0.promptID != nil } && new.allSatisfy { $0.promptID != nil }
    self.isByID = isByID
    let key = { (record: PairRecord) in isByID ? record.promptID ?? 0 : record.prompt.exact }
    let first = Self.join(
      Self.groups(Array(old.indices), old, key), Self.groups(Array(new.indices), new, key))
    let second = Self.join(
      Self.groups(first.removed.flatMap(\.self), old, \.prompt.loose),
      Self.groups(first.added.flatMap(\.self), new, \.prompt.loose))
    matches = (first.matches + second.matches).sorted { $0.old[0] < $1.old[0] }
    // What was one prompt by its exact text stays one, whatever it shares with others loosely.
    removed = Self.groups(second.removed.flatMap(\.self), old, key).map(\.rows)
    added = Self.groups(second.added.flatMap(\.self), new, key).map(\.rows)
    removed.sort { $0[0] < $1[0] }
    added.sort { $0[0] < $1[0] }
  }

  private struct Group {
    var key: UInt64
    var rows: [Int]
  }

  /// The rows by key, keys ascending.
  private static func groups(
    _ rows: [Int], _ records: [PairRecord], _ key: (PairRecord) -> UInt64
  ) -> [Group] {
    let sorted = rows.map { (key: key(records[$0]), row: $0) }.sorted { $0 < $1 }
    var groups: [Group] = []
    for (key, row) in sorted {
      if groups.last?.key == key {
        groups[groups.count - 1].rows.append(row)
      } else {
        groups.append(Group(key: key, rows: [row]))
      }
    }
    return groups
  }

  private static func join(
    _ old: [Group], _ new: [Group]
  ) -> (matches: [Match], removed: [[Int]], added: [[Int]]) {
    var (matches, removed, added): ([Match], [[Int]], [[Int]]) = ([], [], [])
    var (first, second) = (old[...], new[...])
    while let left = first.first, let right = second.first {
      if left.key == right.key {
        matches.append(Match(old: left.rows, new: right.rows))
        first.removeFirst()
        second.removeFirst()
      } else if left.key < right.key {
        removed.append(left.rows)
        first.removeFirst()
      } else {
        added.append(right.rows)
        second.removeFirst()
      }
    }
    return (matches, removed + first.map(\.rows), added + second.map(\.rows))
  }
}
