internal import Parquet

/// A field of a schema: its type, and how its values lie in the buffers of a batch.
indirect enum ArrowType: Equatable {
  case null
  case boolean
  /// Whole numbers and what is counted in them.
  case integer(byteCount: Int, isSigned: Bool)
  /// Numbers that are multiplied before they are what the Parquet reader writes.
  case scaled(byteCount: Int, by: Int64)
  /// Numbers that are divided before.
  case divided(byteCount: Int, by: Int64)
  /// Floating-point numbers of 32 and 64 bits.
  case number(byteCount: Int)
  /// Values of the same number of bytes each; those of numbers lowest first, as they are not in
  /// Parquet.
  case fixedBytes(byteCount: Int, isReversed: Bool)
  case bytes(isLarge: Bool)
  case views
  case list(isLarge: Bool)
  case fixedList(count: Int)
  case structure
  /// What is not read: how many buffers it has, which have to be passed.
  case other(bufferCount: Int, isUnion: Bool = false)
}

/// A field of an Arrow schema.
struct ArrowField {
  let name: String
  let type: ArrowType
  let children: [ArrowField]
  /// Where values are places in a dictionary: its number, and how places are stored.
  let dictionary: (number: Int64, indexType: ArrowType)?
  /// The field as the Parquet reader's rows have it.
  let node: ReadNode

  /// No real schema nests columns this deep, and recursion has to end.
  private static let maximumDepth = 60

  /// A field takes no fewer bytes of the metadata.
  private static let leastByteCount = 16

  /// The fields of a schema.
  ///
  /// - Parameter byteCount: What the metadata takes, which bounds what can be in it: tables that
  ///   many offsets lead to would come to more.
  static func fields(
    of schema: FlatTable, byteCount: Int
  ) throws(ParquetError) -> [ArrowField] {
    guard try schema.number(0, as: Int16.self) ?? 0 == 0 else {
      throw ParquetError(.unsupported, "the byte order of big-endian machines")
    }
    var rest = byteCount
    return try fields(schema, 1, depth: 0, within: &rest)
  }

  private static func fields(
    _ parent: FlatTable, _ vector: Int, depth: Int, within rest: inout Int
  ) throws(ParquetError) -> [ArrowField] {
    let count = try parent.tableCount(vector)
    guard depth < maximumDepth, count <= rest / leastByteCount else {
      throw ParquetError(.damaged, "the schema is nested too deeply, or larger than its metadata")
    }
    var fields: [ArrowField] = []
    for element in 0..<count {
      fields.append(
        try ArrowField(parent.table(vector, element: element), depth: depth, within: &rest))
    }
    return fields
  }

  private init(_ table: FlatTable, depth: Int, within rest: inout Int) throws(ParquetError) {
    name = try table.text(0) ?? ""
    rest -= name.utf8.count + Self.leastByteCount
    children = try Self.fields(table, 5, depth: depth + 1, within: &rest)
    let kind = ArrowTypeNumber(rawValue: try table.number(2, as: UInt8.self) ?? 0)
    let type = try ArrowTypeReader(kind, table.table(3), childCount: children.count, name: name)
    self.type = type.type
    let inner = children.map(\.node)
    switch type.meaning {
    case .leaf(let physical, let byteCount, let annotation):
      let element = SchemaElement(
        name: name, type: physical, typeLength: Int32(clamping: byteCount),
        annotation: annotation)
      node = ReadNode(
        name: name, kind: .leaf(ReadLeaf(element, physical, index: 0, levels: (0, 0))),
        definition: 0)
    case .list:
      node = ReadNode(
        name: name, kind: .list(inner[0], elements: 0, repetition: 0), definition: 0)
    case .structure:
      node = ReadNode(name: name, kind: .structure(inner), definition: 0)
    case .unsupported(let reason):
      node = ReadNode(name: name, kind: .unsupported(reason), definition: 0)
    }
    guard let encoding = try table.table(4) else {
      dictionary = nil
      return
    }
    var indexType = ArrowType.integer(byteCount: 4, isSigned: true)
    if let index = try encoding.table(1) {
      indexType = try ArrowTypeReader(.int, index, childCount: 0, name: name).type
    }
    dictionary = (try encoding.number(0) ?? 0, indexType)
  }
}
