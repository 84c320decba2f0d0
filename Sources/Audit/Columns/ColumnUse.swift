internal import Ingest
internal import JSON
internal import Records

/// What a column holds in the rows that were looked at.
struct ColumnUse {
  /// The types that Arrow tells apart.
  enum Kind: Hashable {
    case null, truth, integer, number, text, emptyList
    case texts, objects, otherList
    case object

    init(_ value: JSONValue) {
      switch value {
      case .null: self = .null
      case .bool: self = .truth
      case .integer, .largeInteger: self = .integer
      case .number: self = .number
      case .string: self = .text
      case .object: self = .object
      case .list(let elements):
        switch elements.first {
        case nil: self = .emptyList
        case .string?: self = .texts
        case .object?: self = .objects
        default: self = .otherList
        }
      }
    }
  }

  /// For each kind how many rows have it and the first of them.
  private(set) var kinds: [Kind: (count: Int, first: Finding.Place)] = [:]
  /// The kinds in the order in which they came.
  private(set) var order: [Kind] = []

  mutating func add(_ kind: Kind, count: Int = 1, at place: Finding.Place) {
    if kinds[kind] == nil {
      kinds[kind] = (count, place)
      order.append(kind)
    } else {
      kinds[kind]?.count += count
    }
  }

  /// Adds what later rows hold.
  mutating func merge(_ later: ColumnUse) {
    for kind in later.order {
      if let use = later.kinds[kind] { add(kind, count: use.count, at: use.first) }
    }
  }
}
