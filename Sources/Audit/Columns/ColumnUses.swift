internal import Ingest
internal import JSON

/// The columns of rows, in the order they came, and what each holds.
struct ColumnUses: Sendable {
  private(set) var all: [(name: String, use: ColumnUse)] = []

  subscript(name: String) -> ColumnUse? { all.first { $0.name == name }?.use }

  /// Adds the members of a row.
  mutating func add(_ members: [JSONValue.Member], at place: Finding.Place) {
    for (index, member) in members.enumerated() {
      // Rows mostly have the same columns in the same order.
      let isExpected = index < all.count && all[index].name.utf8.elementsEqual(member.name)
      let column =
        isExpected ? index : self.index(of: String(decoding: member.name, as: UTF8.self))
      all[column].use.add(ColumnUse.Kind(member.value), at: place)
    }
  }

  /// Adds what later rows hold.
  mutating func merge(_ later: ColumnUses) {
    for (name, use) in later.all { add(name, use) }
  }

  /// Adds what later rows hold in a column.
  mutating func add(_ name: String, _ use: ColumnUse) { all[index(of: name)].use.merge(use) }

  private mutating func index(of name: String) -> Int {
    if let index = all.firstIndex(where: { $0.name == name }) { return index }
    all.append((name, ColumnUse()))
    return all.count - 1
  }
}
