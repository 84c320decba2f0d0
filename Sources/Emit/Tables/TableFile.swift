internal import Parquet

/// A data file that takes rows.
protocol TableFile: AnyObject {
  /// Writes rows, which have been encoded in the file's format.
  func append(_ batch: RowBatch) throws

  /// Ends the file; nothing may be called after that.
  func finish() throws -> WrittenFile
}

/// What the files of a table have in common.
struct TableShape: Sendable {
  var columns: [Column]
  /// The answers of a pair that a row is made for.
  var rowsPerPair: [Column.Side]
  /// The columns that hold the same as an earlier one, by their places.
  var copies: [Int: Int] = [:]

  /// The columns as a Parquet file has them.
  var fields: [ColumnType.Field] { columns.map { ColumnType.Field($0.name, $0.type) } }

  init(columns: [Column], rowsPerPair: [Column.Side]) {
    self.columns = columns
    self.rowsPerPair = rowsPerPair
    for (place, column) in columns.enumerated() {
      let same = columns[..<place].firstIndex {
        $0.content == column.content && $0.type == column.type
      }
      if let same { copies[place] = same }
    }
  }
}
