/// A column of names, of which there are few: each is stored once.
///
/// Takes four bytes an entry, and nothing for entries as long as all are the same.
package struct NameColumn: Sendable {
  /// In the order of their first appearance.
  package private(set) var names: [[UInt8]] = []
  private var codeOfName: [[UInt8]: UInt32] = [:]
  /// For each entry the number of its name; empty while all are the same.
  private var codes = Column<UInt32>()
  /// What all entries are, and how many there are.
  private var common = Self.none
  private var count = 0

  package init() {}

  package static let none = UInt32.max

  /// Whether there is a name at all.
  package var hasNames: Bool { !names.isEmpty }

  /// The number of an entry's name; ``none`` where it has none.
  package func code(of index: Int) -> UInt32 { codes.isEmpty ? common : codes[index] }

  /// The name of an entry; nil where it has none.
  package subscript(index: Int) -> [UInt8]? {
    let code = code(of: index)
    return code == Self.none ? nil : names[Int(code)]
  }

  package mutating func append(_ name: [UInt8]?) { append(code(of: name)) }

  /// Appends a name, or none where it would be one more than so many.
  package mutating func append(_ name: [UInt8]?, amongFirst limit: Int) {
    append(code(of: name, amongFirst: limit))
  }

  /// Names an entry that has had no name.
  package mutating func name(_ index: Int, _ name: [UInt8]?, amongFirst limit: Int) {
    let code = code(of: name, amongFirst: limit)
    guard code != self.code(of: index) else { return }
    if codes.isEmpty { codes = Column(repeating: common, count: count) }
    codes[index] = code
  }

  private mutating func append(_ code: UInt32) {
    if count == 0 { common = code }
    if codes.isEmpty, code != common { codes = Column(repeating: common, count: count) }
    if code != common || !codes.isEmpty { codes.append(code) }
    count += 1
  }

  private mutating func code(of name: [UInt8]?, amongFirst limit: Int = .max) -> UInt32 {
    guard let name else { return Self.none }
    if let code = codeOfName[name] { return code }
    guard names.count < limit else { return Self.none }
    let code = UInt32(names.count)
    names.append(name)
    codeOfName[name] = code
    return code
  }

  /// The numbers of the names in another order, `mapping` giving the new one of each.
  package func codes(in groups: CandidateGroups, mapping: [UInt32]) -> any CodeSource {
    Mapped(column: self, order: groups.order, mapping: mapping)
  }

  private struct Mapped: CodeSource {
    let column: NameColumn
    let order: CandidateGroups.Order
    let mapping: [UInt32]

    var count: Int { order.count }

    subscript(place: Int) -> UInt32 {
      let code = column.code(of: Int(order[place]))
      return code == NameColumn.none ? code : mapping[Int(code)]
    }

    func copy(from start: Int, into block: inout MutableSpan<UInt32>) {
      for index in block.indices { block[index] = self[start + index] }
    }
  }
}
