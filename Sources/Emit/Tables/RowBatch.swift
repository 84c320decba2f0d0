internal import JSON
internal import Parquet

/// Rows of consecutive pairs of one data file, encoded as they will stand in it.
package struct RowBatch: Sendable {
  /// Rows in a file's format.
  enum Rows: Sendable {
    case lines(JSONText)
    case columns(EncodedRows)
  }

  /// The data file, by its place among the layout's.
  let output: Int
  var rows: Rows
  var rowCount: Int
  var loaded: LoadedSize
}
