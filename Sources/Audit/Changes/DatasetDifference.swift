/// What changed from one dataset to another, whatever the order of their rows.
package struct DatasetDifference: Sendable {
  /// A pair that changed.
  package struct Change: Sendable {
    package var kind: PairChange
    /// The pair's place among the old records; nil where it was added.
    var old: Int?
    /// The pair's place among the new records; nil where it was removed.
    var new: Int?
  }

  package let old: PairTable
  package let new: PairTable
  /// Whether prompts were identified by their ids.
  package private(set) var isJoinedByID: Bool
  /// Prompts of either dataset, and those that only one has.
  package private(set) var prompts: (old: Int, new: Int, added: Int, removed: Int)
  /// Prompts whose pairs are in other splits than before: their first rows.
  private(set) var movedPrompts: [(old: Int, new: Int)] = []
  private(set) var addedPrompts: [Int]
  private(set) var removedPrompts: [Int]
  package private(set) var counts: [PairChange: Int] = [:]
  /// All that changed, in the order of the old dataset, what was added last.
  package private(set) var changes: [Change] = []

  /// Compares two datasets.
  ///
  /// - Complexity: O(n log n) time; about 40 bytes a pair beside the tables.
  package init(_ old: PairTable, _ new: PairTable, tolerance: Double) {
    self.old = old
    self.new = new
    let join = PromptJoin(old.records, new.records)
    isJoinedByID = join.isByID
    prompts = (join.oldCount, join.newCount, join.added.count, join.removed.count)
    addedPrompts = join.added.map { $0[0] }
    removedPrompts = join.removed.map { $0[0] }

    var added = join.added.flatMap(\.self)
    var removed = join.removed.flatMap(\.self)
    for match in join.matches {
      let oldSplits = Set(match.old.map { Self.split(of: old.records[$0], in: old) })
      if oldSplits != Set(match.new.map { Self.split(of: new.records[$0], in: new) }) {
        movedPrompts.append((match.old[0], match.new[0]))
      }
      let pairs = PairMatching(match, old.records, new.records)
      for pair in pairs.matches {
        let kind = PairChange(
          from: old.records[pair.old], to: new.records[pair.new], tolerance: tolerance)
        counts[kind, default: 0] += 1
        if kind != .unchanged {
          changes.append(Change(kind: kind, old: pair.old, new: pair.new))
        }
      }
      added += pairs.added
      removed += pairs.removed
    }
    counts[.added] = added.count
    counts[.removed] = removed.count
    changes += removed.map { Change(kind: .removed, old: $0, new: nil) }
    changes.sort { ($0.old ?? 0) < ($1.old ?? 0) }
    changes += added.sorted().map { Change(kind: .added, old: nil, new: $0) }
  }

  /// Prompts that moved to another split.
  package var movedCount: Int { movedPrompts.count }

  /// Whether the two datasets hold the same pairs in the same columns and splits.
  package var isSame: Bool {
    changes.isEmpty && movedPrompts.isEmpty && columnChanges.isEmpty
  }

  /// A split's name without what profiles add to it: `train_prefs` is `train`.
  private static func split(of record: PairRecord, in table: PairTable) -> Substring {
    table.splits[table.split(of: record)].prefix { $0 != "_" }
  }
}

extension DatasetDifference {
  /// Where a change is: the rows of both datasets.
  package func places(of change: Change) -> (old: Finding.Place?, new: Finding.Place?) {
    (
      change.old.map { old.place(of: old.records[$0]) },
      change.new.map { new.place(of: new.records[$0]) }
    )
  }

  /// Where prompts that moved are.
  package var movedPlaces: [(old: Finding.Place, new: Finding.Place)] {
    movedPrompts.map { (old.place(of: old.records[$0.old]), new.place(of: new.records[$0.new])) }
  }

  /// Where prompts are that only the new dataset has: the first row of each.
  package var addedPlaces: [Finding.Place] { addedPrompts.map { new.place(of: new.records[$0]) } }

  /// Where prompts are that only the old dataset has.
  package var removedPlaces: [Finding.Place] {
    removedPrompts.map { old.place(of: old.records[$0]) }
  }
}
