internal import JSON
internal import Parquet

/// Rows of consecutive pairs of one data file, encoded as they will stand in it.
///
/// `@unchecked Sendable`: one thread at a time has it. It is an object so that its memory has one
/// owner, who can use it again.
package final class RowBatch: @unchecked Sendable {
  /// Rows in a file's format.
  enum Rows {
    case lines(JSONText)
    case columns(EncodedRows)
    /// Those that were taken.
    case none
  }

  /// A batch of so many bytes is complete, so that memory for one serves any other.
  static let fullByteCount = 1 << 20

  /// The data file, by its place among the layout's.
  let output: Int
  private(set) var rows: Rows
  let rowCount: Int
  let loaded: LoadedSize

  init(output: Int, rows: consuming Rows, rowCount: Int, loaded: LoadedSize) {
    self.output = output
    self.rows = rows
    self.rowCount = rowCount
    self.loaded = loaded
  }

  /// Gives up the rows.
  func takeRows() -> Rows { exchange(&rows, with: .none) }
}
