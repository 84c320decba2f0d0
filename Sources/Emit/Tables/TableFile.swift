/// A data file that takes rows.
protocol TableFile: AnyObject {
  /// Writes the row or rows of a pair.
  func append(_ row: DatasetRow) throws(EmitError)

  /// Ends the file; nothing may be called after that.
  func finish() throws(EmitError) -> WrittenFile
}

/// What the files of a table have in common.
struct TableShape: Sendable {
  var columns: [Column]
  /// The answers of a pair that a row is made for.
  var rowsPerPair: [Column.Side]
  /// The columns that hold the same as an earlier one, by their places.
  var copies: [Int: Int] = [:]

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
