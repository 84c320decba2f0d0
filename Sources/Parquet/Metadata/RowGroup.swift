/// Some rows, with a chunk of every column.
struct RowGroup: Equatable {
  var columns: [ColumnChunk]
  var rowCount: Int64
  /// The sizes of all chunks in bytes, before and after compression.
  var byteCount: Int64
  var compressedByteCount: Int64
  /// Its place among the row groups.
  var ordinal: Int16?
}

extension RowGroup {
  init(_ thrift: ThriftStructure) throws(ParquetError) {
    columns = []
    for column in try ThriftStructure.required(thrift.structures(1), "a row group's columns") {
      columns.append(try ColumnChunk(column))
    }
    byteCount = try thrift.integer(2) ?? 0
    rowCount = try ThriftStructure.required(thrift.integer(3), "a row group's count")
    compressedByteCount = try thrift.integer(6) ?? 0
    guard rowCount >= 0 else { throw .damaged("a row group counts \(rowCount) rows") }
  }

  func write(to thrift: inout ThriftWriter) {
    thrift.field(1, list: columns) { $0.write(to: &$1) }
    thrift.field(2, byteCount)
    thrift.field(3, rowCount)
    if let first = columns.first { thrift.field(5, first.start) }
    thrift.field(6, compressedByteCount)
    if let ordinal { thrift.field(7, ordinal) }
  }
}
