internal import Hashing
internal import Parquet
internal import Records

/// Rows in columns: a Parquet file.
final class ParquetTable: TableFile {
  private var file: DataFile?
  private let writer: ParquetWriter
  private let path: String
  private var rows = 0

  init(
    folder: String, path: String, shape: TableShape,
    compression: ParquetWriterOptions.Compression, workers: Int
  ) throws {
    file = try DataFile(path: folder + "/" + path)
    self.path = path
    writer = ParquetWriter(
      columns: shape.fields, copies: shape.copies,
      options: ParquetWriterOptions(compression: compression, workers: workers),
      writer: ParquetWriter.name)
  }

  func append(_ batch: RowBatch) throws {
    guard case .columns(let columns) = batch.rows else {
      preconditionFailure("rows of another format")
    }
    try writer.append(columns) { try file?.write($0) }
    rows += batch.rowCount
  }

  func finish() throws -> WrittenFile {
    try writer.finish { try file?.write($0) }
    guard let (byteCount, digest) = try file.take()?.finish() else {
      preconditionFailure("a file ends once")
    }
    return WrittenFile(
      path: path, byteCount: byteCount, rows: rows, sha256: digest.hexadecimal)
  }
}
