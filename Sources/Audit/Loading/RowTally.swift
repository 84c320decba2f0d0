/// How many rows there are of a kind, each counted once however many of its values are of the kind.
struct RowTally: Sendable {
  /// A row and its place among those of its chunk.
  struct Row {
    var place: Finding.Place
    var number: Int
  }

  private(set) var rows = FoundRows()
  /// The row that was added last; -1 where others than the last chunk's may follow.
  private var last = -1

  init() {}

  /// So many rows, of which the first is known.
  init(_ count: Int, from first: Finding.Place) { rows = FoundRows(count, from: first) }

  mutating func add(_ row: Row) {
    if row.number == last { return }
    last = row.number
    rows.add(row.place)
  }

  /// Adds rows of later chunks.
  mutating func merge(_ later: RowTally) {
    rows.merge(later.rows)
    last = -1
  }

  /// The rows of several kinds, the first ones first as far as they are known.
  static func all(_ tallies: [RowTally?]) -> FoundRows {
    var all = FoundRows()
    for tally in tallies { if let tally { all.merge(tally.rows) } }
    return all
  }
}
