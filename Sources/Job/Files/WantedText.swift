internal import Parquet

/// A text of an input that a dataset needs.
struct WantedText: Equatable {
  /// The number of the candidate among those of all inputs.
  var candidate: UInt32
  var prompt: UInt32
  /// Whether it is the prompt of the row that holds the candidate, or the candidate's answer.
  var isPrompt: Bool
  /// Which buckets need it.
  var buckets: Range<Int>

  private static let columns: [ColumnType.Field] = [
    .init("candidate", .int64), .init("prompt", .int64), .init("is_prompt", .boolean),
    .init("first_bucket", .int64), .init("bucket_count", .int64),
  ]

  /// Writes the wanted texts of an input, in the order of the candidates.
  static func write(_ texts: some Sequence<WantedText>, to path: String) throws {
    try StepTable.write(path, columns, texts) { text, row in
      row[0].integer(Int64(text.candidate))
      row[1].integer(Int64(text.prompt))
      row[2].bool(text.isPrompt)
      row[3].integer(Int64(text.buckets.lowerBound))
      row[4].integer(Int64(text.buckets.count))
    }
  }

  static func read(_ path: String) throws -> [WantedText] {
    var texts: [WantedText] = []
    try StepTable.read(path, columns) { column in
      let (candidates, prompts, isPrompt) = (try column(0), try column(1), try column(2))
      let (first, count) = (try column(3), try column(4))
      for row in 0..<candidates.count {
        let start = Int(clamping: first.numbers[row])
        guard start < 1 << 40, count.numbers[row] < 1 << 40 else {
          throw ParquetError.damaged("a bucket's number is too large")
        }
        texts.append(
          WantedText(
            candidate: UInt32(clamping: candidates.numbers[row]),
            prompt: UInt32(clamping: prompts.numbers[row]),
            isPrompt: isPrompt.numbers[row] != 0,
            buckets: start..<start + Int(count.numbers[row])))
      }
    }
    return texts
  }
}
