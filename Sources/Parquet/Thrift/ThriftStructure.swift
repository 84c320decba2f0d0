/// A value as it was read.
enum ThriftValue {
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  case binary([UInt8])
  case list([ThriftValue])
  case structure(ThriftStructure)
  /// A map, which Parquet has none of.
  case map
}

/// A structure as it was read: its fields by number.
struct ThriftStructure {
  /// A field.
  struct Field {
    var number: Int16
    var value: ThriftValue
  }

  var fields: [Field] = []

  /// The value of a field; nil where it is absent.
  subscript(number: Int16) -> ThriftValue? {
    fields.first { $0.number == number }?.value
  }

  // MARK: Fields that must have a type, if they are there

  func bool(_ number: Int16) throws(ParquetError) -> Bool? {
    guard let value = self[number] else { return nil }
    guard case .bool(let bool) = value else { throw Self.wrongType }
    return bool
  }

  func integer(_ number: Int16) throws(ParquetError) -> Int64? {
    guard let value = self[number] else { return nil }
    guard case .integer(let integer) = value else { throw Self.wrongType }
    return integer
  }

  func int32(_ number: Int16) throws(ParquetError) -> Int32? {
    guard let value = try integer(number) else { return nil }
    guard let narrow = Int32(exactly: value) else { throw Self.wrongType }
    return narrow
  }

  func binary(_ number: Int16) throws(ParquetError) -> [UInt8]? {
    guard let value = self[number] else { return nil }
    guard case .binary(let bytes) = value else { throw Self.wrongType }
    return bytes
  }

  func text(_ number: Int16) throws(ParquetError) -> String? {
    try binary(number).map { String(decoding: $0, as: UTF8.self) }
  }

  func structure(_ number: Int16) throws(ParquetError) -> ThriftStructure? {
    guard let value = self[number] else { return nil }
    guard case .structure(let structure) = value else { throw Self.wrongType }
    return structure
  }

  func list(_ number: Int16) throws(ParquetError) -> [ThriftValue]? {
    guard let value = self[number] else { return nil }
    guard case .list(let elements) = value else { throw Self.wrongType }
    return elements
  }

  func structures(_ number: Int16) throws(ParquetError) -> [ThriftStructure]? {
    guard let elements = try list(number) else { return nil }
    var structures: [ThriftStructure] = []
    for element in elements {
      guard case .structure(let structure) = element else { throw Self.wrongType }
      structures.append(structure)
    }
    return structures
  }

  /// A field that the format requires.
  static func required<Value>(_ value: Value?, _ name: String) throws(ParquetError) -> Value {
    guard let value else { throw .damaged("the metadata lacks \(name)") }
    return value
  }

  private static var wrongType: ParquetError {
    .damaged("a field of the metadata has the wrong type")
  }
}
