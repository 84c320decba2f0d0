/// Which fields of a structure are wanted, and of the structures in them; others are passed over
/// without taking memory.
enum ThriftShape: Sendable {
  case everything
  indirect case fields([Int16: ThriftShape])

  /// What is wanted of a field; nil for nothing.
  subscript(number: Int16) -> ThriftShape? {
    switch self {
    case .everything: .everything
    case .fields(let fields): fields[number]
    }
  }

  /// These fields with all that is in them.
  static func fields(_ numbers: Int16...) -> ThriftShape {
    .fields(Dictionary(uniqueKeysWithValues: numbers.map { ($0, .everything) }))
  }

  /// What is read of a file's metadata.
  static let fileMetadata = ThriftShape.fields([
    2: .fields(1, 2, 3, 4, 5, 6, 7, 10), 3: .everything, 4: rowGroup, 5: .fields(1, 2),
    6: .everything,
  ])

  private static let rowGroup = ThriftShape.fields([
    1: .fields([1: .everything, 3: column, 8: .fields()]),
    2: .everything, 3: .everything, 6: .everything,
  ])

  private static let column = ThriftShape.fields([
    1: .everything, 3: .everything, 4: .everything, 5: .everything, 6: .everything,
    7: .everything, 9: .everything, 11: .everything, 12: .fields(3),
  ])

  /// What is read of a page's header.
  static let pageHeader = ThriftShape.fields([
    1: .everything, 2: .everything, 3: .everything, 4: .everything, 5: .fields(1, 2, 3, 4),
    7: .fields(1, 2), 8: .fields(1, 2, 3, 4, 5, 6, 7),
  ])
}
