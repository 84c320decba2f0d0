internal import Bytes
internal import Hashing
internal import Parquet
internal import Records

/// Rows in columns: a Parquet file.
final class ParquetTable: TableFile {
  private var file: OutputFile?
  private let writer: ParquetWriter
  private let shape: TableShape
  private let path: String
  private var rows = 0

  init(
    folder: String, path: String, shape: TableShape,
    compression: ParquetWriterOptions.Compression, workers: Int
  ) throws(EmitError) {
    file = try OutputFile(path: folder + "/" + path)
    self.shape = shape
    self.path = path
    writer = ParquetWriter(
      columns: shape.columns.map { ColumnType.Field($0.name, $0.type) }, copies: shape.copies,
      options: ParquetWriterOptions(compression: compression, workers: workers),
      writer: "dpo-prep")
  }

  func append(_ row: DatasetRow) throws(EmitError) {
    for own in shape.rowsPerPair {
      try writer.append { values in
        for (index, column) in shape.columns.enumerated() where shape.copies[index] == nil {
          var sink = values[index]
          row.write(column, own: own, to: &sink)
        }
      } to: { (bytes) throws(EmitError) in
        try file?.write(bytes)
      }
      rows += 1
    }
  }

  func finish() throws(EmitError) -> WrittenFile {
    try writer.finish { (bytes) throws(EmitError) in try file?.write(bytes) }
    guard let (byteCount, digest) = try file.take()?.finish() else {
      preconditionFailure("a file ends once")
    }
    return WrittenFile(
      path: path, byteCount: byteCount, rows: rows, sha256: digest.hexadecimal)
  }
}

extension ValueAppender: ValueSink {
  func integer(_ value: Int) { integer(Int64(value)) }

  func message(_ role: StaticString, _ content: [UInt8], _ shape: MessageShape) {
    let roleMember = shape.dialect == .shareGPT ? 0 : 1
    role.withBytes { self[roleMember].text($0) }
    self[1 - roleMember].text(content)
  }

  func list(count: Int, _ element: (Int, inout ValueAppender) -> Void) {
    list(count: count) { (index: Int, appender: ValueAppender) in
      var appender = appender
      element(index, &appender)
    }
  }

  func structure(_ fields: [ColumnType.Field], _ member: (Int, inout ValueAppender) -> Void) {
    for index in fields.indices {
      var appender = self[index]
      member(index, &appender)
    }
  }
}
