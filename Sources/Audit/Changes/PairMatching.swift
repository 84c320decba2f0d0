/// Which pair of a prompt became which: those that have most in common first.
struct PairMatching {
  private(set) var matches: [(old: Int, new: Int)] = []
  private(set) var removed: [Int]
  private(set) var added: [Int]

  /// - Parameters:
  ///   - match: The rows of one prompt.
  ///   - old: All records of the old dataset, and `new` of the new one.
  /// - Complexity: O(n) for n pairs of the prompt.
  init(_ match: PromptJoin.Match, _ old: [PairRecord], _ new: [PairRecord]) {
    removed = match.old
    added = match.new
    guard removed.count > 1 || added.count > 1 else {
      matches = [(removed[0], added[0])]
      (removed, added) = ([], [])
      return
    }
    struct Texts: Hashable { var first, second: UInt64 }
    pair(
      { Texts(first: old[$0].chosen.text.exact, second: old[$0].rejected.text.exact) },
      { Texts(first: new[$0].chosen.text.exact, second: new[$0].rejected.text.exact) })
    pair(
      { Texts(first: old[$0].chosen.text.loose, second: old[$0].rejected.text.loose) },
      { Texts(first: new[$0].chosen.text.loose, second: new[$0].rejected.text.loose) })
    pair(
      { Texts(first: old[$0].chosen.text.loose, second: old[$0].rejected.text.loose) },
      { Texts(first: new[$0].rejected.text.loose, second: new[$0].chosen.text.loose) })
    pair({ old[$0].chosen.text.loose }, { new[$0].chosen.text.loose })
    pair({ old[$0].rejected.text.loose }, { new[$0].rejected.text.loose })
    pair({ _ in 0 }, { _ in 0 })
  }

  /// Pairs what has the same key, in order.
  private mutating func pair<Key: Hashable>(_ oldKey: (Int) -> Key, _ newKey: (Int) -> Key) {
    guard !removed.isEmpty, !added.isEmpty else { return }
    // Last first, so that the first is taken from the end.
    var rest: [Key: [Int]] = [:]
    for row in added.reversed() { rest[newKey(row), default: []].append(row) }
    var unmatched: [Int] = []
    for row in removed {
      if let partner = rest[oldKey(row)]?.popLast() {
        matches.append((row, partner))
      } else {
        unmatched.append(row)
      }
    }
    removed = unmatched
    added = rest.values.flatMap(\.self).sorted()
  }
}
