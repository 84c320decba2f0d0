internal import JSON
internal import Records

/// Rows as JSON, one a line.
final class JSONLinesTable: TableFile {
  private var file: CompressedFile?

  init(
    folder: String, path: String, compression: TextCompression, workers: Int
  ) throws {
    file = try CompressedFile.create(
      folder: folder, path: path, compression: compression, workers: workers)
  }

  func append(_ batch: RowBatch) throws {
    guard case .lines(let lines) = batch.rows else { preconditionFailure("rows of another format") }
    try lines.withBytes { bytes in
      try file?.append(bytes, rows: batch.rowCount)
    }
  }

  func finish() throws -> WrittenFile {
    guard let written = try file.take()?.finish() else {
      preconditionFailure("a file ends once")
    }
    return written
  }
}
