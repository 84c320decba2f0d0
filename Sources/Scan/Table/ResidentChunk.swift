internal import Ingest
internal import JSON
internal import Rows

/// A chunk that stays in memory, and where the texts of its well-formed rows are.
struct ResidentChunk: Sendable {
  /// A row: what makes its prompt, and the number of its first candidate in the chunk.
  struct Row {
    var range: Range<Int>
    var prompt: PromptPlaces
    /// The row as values; nil where prompt and answers are texts.
    var conversation: ConversationRow?
    var firstCandidate: Int
  }

  let chunk: Chunk
  private(set) var rows: [Row] = []
  /// For each candidate its response.
  private(set) var responses: [JSONSlice] = []

  init(_ chunk: Chunk) { self.chunk = chunk }

  /// The memory that this takes.
  var byteCount: Int {
    // Rows as values take several times their text.
    let values = rows.reduce(0) { $0 + ($1.conversation == nil ? 0 : 4 * $1.range.count) }
    return chunk.byteCount + values + rows.capacity * MemoryLayout<Row>.stride
      + responses.capacity * MemoryLayout<JSONSlice>.stride
  }

  /// Notes a row that was read.
  mutating func append(_ row: borrowing RowReader, at range: Range<Int>) {
    rows.append(
      Row(
        range: range, prompt: row.promptPlaces, conversation: row.conversation,
        firstCandidate: responses.count))
    for candidate in row.candidates { responses.append(candidate.response) }
  }
}
