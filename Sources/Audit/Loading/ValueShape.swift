internal import JSON

/// What the values at one place of the rows of a block are, as far as the loader cares.
///
/// It can be merged: the shape of all rows is that of their parts, however they are cut.
struct ValueShape: Sendable {
  /// What values have, the first nine of them exclusively.
  enum Trait: Int, CaseIterable {
    case null, truth, integer
    /// A whole number beyond 64 bits, which Arrow takes for a number.
    case wideInteger
    case number
    /// A string that Arrow takes for a date.
    case timestamp
    case text, list, object
    /// A number that no whole number of 64 bits equals.
    case fraction
    /// A whole number beyond 2^53, which Arrow makes no double.
    case inexact
    /// A whole number that the JSON reader of pandas refuses.
    case unreadable
    /// Strings that are not to be read as these.
    case notInteger, notNumber, notTruth
    /// A whole number that is no truth value.
    case notBinary
  }

  /// A field of objects.
  struct Member: Sendable {
    var name: [UInt8]
    /// How many objects have it.
    var count = 0
    var shape = ValueShape()
    /// The rows that have it.
    var rows = RowTally()
  }

  private var rows = [RowTally?](repeating: nil, count: Trait.allCases.count)
  private(set) var objectCount = 0
  private(set) var members: [Member] = []
  /// The elements of all lists: none or one shape, in an array as a structure cannot hold itself.
  private var elements: [ValueShape] = []

  /// The rows that have a trait.
  subscript(trait: Trait) -> RowTally? { rows[trait.rawValue] }

  func has(_ trait: Trait) -> Bool { rows[trait.rawValue] != nil }

  /// The shape of the elements of lists.
  var element: ValueShape { elements.first ?? ValueShape() }

  /// Whether objects have not all the same keys.
  var hasVaryingKeys: Bool { members.contains { $0.count != objectCount } }

  mutating func add(_ value: JSONValue, at row: RowTally.Row) {
    switch value {
    case .null: mark(.null, row)
    case .bool: mark(.truth, row)
    case .integer(let number): add(integer: number, at: row)
    case .largeInteger(let digits): add(wide: digits, at: row)
    case .number(let number):
      mark(.number, row)
      if Int64(exactly: number) == nil { mark(.fraction, row) }
    case .string(let text): add(text, at: row)
    case .list(let list):
      mark(.list, row)
      if elements.isEmpty { elements.append(ValueShape()) }
      for element in list { elements[0].add(element, at: row) }
    case .object(let fields):
      mark(.object, row)
      objectCount += 1
      for (index, field) in fields.enumerated() {
        let member = self.index(of: field.name, expectedAt: index)
        members[member].count += 1
        members[member].rows.add(row)
        members[member].shape.add(field.value, at: row)
      }
    }
  }

  private mutating func add(integer number: Int, at row: RowTally.Row) {
    mark(.integer, row)
    if number.magnitude > 1 << 53 { mark(.inexact, row) }
    if number != 0, number != 1 { mark(.notBinary, row) }
  }

  private mutating func add(wide digits: [UInt8], at row: RowTally.Row) {
    for trait in [Trait.wideInteger, .fraction, .inexact, .notBinary] { mark(trait, row) }
    if UInt64(String(decoding: digits, as: UTF8.self)) == nil { mark(.unreadable, row) }
  }

  private mutating func add(_ text: [UInt8], at row: RowTally.Row) {
    let isTimestamp = text.count <= 32 && LoaderText.isTimestamp(text)
    mark(isTimestamp ? .timestamp : .text, row)
    if !LoaderText.isInteger(text) { mark(.notInteger, row) }
    if !LoaderText.isNumber(text) { mark(.notNumber, row) }
    if !LoaderText.isTruth(text) { mark(.notTruth, row) }
  }

  private mutating func mark(_ trait: Trait, _ row: RowTally.Row) {
    if rows[trait.rawValue] == nil { rows[trait.rawValue] = RowTally() }
    rows[trait.rawValue]?.add(row)
  }

  /// Adds the values of later rows.
  mutating func merge(_ later: ValueShape) {
    for (index, tally) in later.rows.enumerated() {
      guard let tally else { continue }
      if rows[index] == nil { rows[index] = tally } else { rows[index]?.merge(tally) }
    }
    objectCount += later.objectCount
    for (index, member) in later.members.enumerated() {
      let own = self.index(of: member.name, expectedAt: index)
      members[own].count += member.count
      members[own].rows.merge(member.rows)
      members[own].shape.merge(member.shape)
    }
    guard let element = later.elements.first else { return }
    if elements.isEmpty { elements.append(element) } else { elements[0].merge(element) }
  }

  /// Objects mostly have the same keys in the same order.
  private mutating func index(of name: [UInt8], expectedAt index: Int) -> Int {
    if index < members.count, members[index].name == name { return index }
    if let index = members.firstIndex(where: { $0.name == name }) { return index }
    members.append(Member(name: name))
    return members.count - 1
  }
}

extension ValueShape {
  /// The shape of objects of which it is only known what kinds of values each column holds.
  init(_ columns: ColumnUses) {
    for (name, use) in columns.all {
      var member = Member(name: Array(name.utf8))
      for (kind, rows) in use.kinds {
        member.count += rows.count
        member.shape.rows[Trait(kind).rawValue] = RowTally(rows.count, from: rows.first)
      }
      members.append(member)
    }
  }
}

extension ValueShape.Trait {
  fileprivate init(_ kind: ColumnUse.Kind) {
    switch kind {
    case .null: self = .null
    case .truth: self = .truth
    case .integer: self = .integer
    case .number: self = .number
    case .text: self = .text
    case .emptyList, .texts, .objects, .otherList: self = .list
    case .object: self = .object
    }
  }
}
