internal import JSON
internal import Parquet
internal import Work

/// The memory of batches that have been written, for the next ones.
///
/// Getting memory from the system costs more than filling it.
final class RowMemory: Sendable {
  private let lines = Reuse<JSONText>(limit: limit)
  /// One for each profile, as each has columns of its own.
  private let columns: [Reuse<EncodedRows>]

  /// More is given back to the system.
  private static let limit = 8

  init(profileCount: Int) {
    columns = (0..<profileCount).map { _ in Reuse(limit: Self.limit) }
  }

  /// Empty text.
  func takeLines() -> JSONText {
    if let text = lines.take() { return text }
    var text = JSONText()
    // A row goes beyond what fills a batch.
    text.reserve(RowBatch.fullByteCount + RowBatch.fullByteCount / 8)
    return text
  }

  /// No rows of a profile, if there is memory for some.
  func takeColumns(ofProfile profile: Int) -> EncodedRows? { columns[profile].take() }

  /// Takes back what has been written.
  func giveBack(_ batch: RowBatch, ofProfile profile: Int) {
    switch batch.takeRows() {
    case .lines(var text):
      text.clear()
      lines.giveBack(text)
    case .columns(var rows):
      rows.clear()
      columns[profile].giveBack(rows)
    case .none: break
    }
  }
}
