/// The type of a column, or of what is in it.
///
/// Every value may be null.
package indirect enum ColumnType: Hashable, Sendable {
  case boolean
  case int32
  case int64
  case float
  case double
  /// UTF-8.
  case text
  case list(ColumnType)
  case structure([Field])

  /// A member of a structure, or a column.
  package struct Field: Hashable, Sendable {
    package var name: String
    package var type: ColumnType

    package init(_ name: String, _ type: ColumnType) {
      self.name = name
      self.type = type
    }
  }
}

extension ColumnType {
  /// How a value of this type is stored; nil for what has parts.
  var physical: PhysicalType? {
    switch self {
    case .boolean: .boolean
    case .int32: .int32
    case .int64: .int64
    case .float: .float
    case .double: .double
    case .text: .byteArray
    case .list, .structure: nil
    }
  }
}
