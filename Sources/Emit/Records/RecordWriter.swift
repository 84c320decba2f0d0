internal import JSON
internal import Parquet

/// Puts the rows of a table into its file, from the front to the end.
package struct RecordWriter {
  private enum Way {
    case columns(ParquetWriter)
    case lines(any Compressor)
  }

  private var way: Way
  /// How many rows have been written.
  package private(set) var rowCount = 0

  /// - Parameters:
  ///   - name: What the file is called in errors.
  ///   - workers: How many threads may compress.
  ///   - remarks: What the file says of itself, where its format has a place for it.
  package init(
    _ table: RecordTable, name: String, workers: Int, remarks: [(key: String, value: String)]
  ) throws {
    switch table.format {
    case .parquet(let compression):
      let writer = ParquetWriter(
        columns: table.columns,
        options: ParquetWriterOptions(compression: compression, workers: workers),
        writer: "dpo-prep")
      for remark in remarks { writer.remark(remark.key, remark.value) }
      way = .columns(writer)
    case .jsonl(let compression):
      way = .lines(try compression.compressor(file: name, workers: workers))
    }
  }

  /// Writes rows.
  ///
  /// - Parameter output: Takes what is ready of the file.
  package mutating func append(
    _ batch: RecordBatch, to output: (RawSpan) throws -> Void
  ) throws {
    rowCount += batch.rowCount
    switch (way, batch.rows) {
    case (.columns(let writer), .columns(let rows)): try writer.append(rows, to: output)
    case (.lines(var compressor), .lines(let lines)):
      try lines.withBytes {
        try compressor.compress($0.bytes, isLast: false, into: output)
      }
    default: preconditionFailure("rows of another format")
    }
  }

  /// Ends the file.
  package mutating func finish(to output: (RawSpan) throws -> Void) throws {
    switch way {
    case .columns(let writer): try writer.finish(to: output)
    case .lines(var compressor):
      try compressor.compress(RawSpan(), isLast: true, into: output)
    }
  }
}
