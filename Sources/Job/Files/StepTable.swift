internal import Emit
internal import Ingest
internal import Parquet
internal import Records

/// A table that a step of a job writes for another: a Parquet file of plain columns.
enum StepTable {
  /// Writes a table.
  ///
  /// - Parameter fill: takes the values of a row where they belong.
  static func write<Row>(
    _ path: String, _ columns: [ColumnType.Field], _ rows: some Sequence<Row>,
    fill: (Row, RowEncoder.Row) -> Void
  ) throws {
    let writer = ParquetWriter(
      columns: columns, options: ParquetWriterOptions(), writer: ParquetWriter.name)
    _ = try SharedFile.make(path) { output in
      for row in rows { try writer.append({ fill(row, $0) }, to: output) }
      try writer.finish(to: output)
    }
  }

  /// Reads a table, a row group at a time.
  ///
  /// - Parameter body: is given a way to a column of the group, by its place.
  static func read(
    _ path: String, _ columns: [ColumnType.Field],
    _ body: (_ column: (Int) throws(ParquetError) -> FlatColumn) throws -> Void
  ) throws {
    func damaged(_ error: IngestError) -> JobError {
      JobError(
        .damaged, error.message, at: path,
        hint: "remove the folder plan and run `job plan` again")
    }
    let file: TypedFile
    do throws(IngestError) { file = try TypedFile(path: path) } catch { throw damaged(error) }
    do {
      let table = try FlatColumns(file)
      for group in 0..<table.groupCount {
        try body { (place) throws(ParquetError) in
          try table.column(columns[place].name, columns[place].type, inGroup: group)
        }
      }
    } catch let error as ParquetError {
      throw damaged(file.error(error, .parquet))
    }
  }
}
