/// What stands at the end of a file: its schema and where everything is.
struct FileMetadata: Equatable {
  /// The first and last four bytes of a file.
  static let magic = Array("PAR1".utf8)
  static let encryptedMagic = Array("PARE".utf8)

  var schema: [SchemaElement]
  var rowCount: Int64
  var rowGroups: [RowGroup]
  /// Remarks of the writer, by name.
  var remarks: [(key: String, value: String)] = []
  var writer: String?

  static func == (left: FileMetadata, right: FileMetadata) -> Bool {
    left.schema == right.schema && left.rowCount == right.rowCount
      && left.rowGroups == right.rowGroups && left.writer == right.writer
      && left.remarks.elementsEqual(right.remarks, by: ==)
  }
}

extension FileMetadata {
  init(_ thrift: ThriftStructure) throws(ParquetError) {
    schema = []
    for element in try ThriftStructure.required(thrift.structures(2), "the schema") {
      schema.append(try SchemaElement(element))
    }
    rowCount = try ThriftStructure.required(thrift.integer(3), "the number of rows")
    rowGroups = []
    for group in try ThriftStructure.required(thrift.structures(4), "the row groups") {
      rowGroups.append(try RowGroup(group))
    }
    for remark in try thrift.structures(5) ?? [] {
      guard let key = try remark.text(1) else { continue }
      remarks.append((key: key, value: try remark.text(2) ?? ""))
    }
    writer = try thrift.text(6)
  }

  /// The metadata's bytes.
  ///
  /// - Parameter leafCount: The number of columns.
  func bytes(leafCount: Int) -> [UInt8] {
    ThriftWriter.bytes { thrift in
      // Version 2 of the format: logical types.
      thrift.field(1, Int32(2))
      thrift.field(2, list: schema) { $0.write(to: &$1) }
      thrift.field(3, rowCount)
      thrift.field(4, list: rowGroups) { $0.write(to: &$1) }
      if !remarks.isEmpty {
        thrift.field(5, list: remarks) { remark, thrift in
          thrift.field(1, remark.key)
          thrift.field(2, remark.value)
        }
      }
      if let writer { thrift.field(6, writer) }
      // Every column is ordered as its type says; without this readers ignore bounds.
      thrift.field(7, list: [Int](0..<leafCount)) { _, thrift in
        thrift.field(1, structure: { _ in })
      }
    }
  }
}
