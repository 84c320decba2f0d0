internal import Hashing
internal import JSON
internal import Job
internal import Records
internal import Scan

extension RunResult {
  /// What prompts have of benchmarks; null where they were held against none.
  var benchmarksDocument: JSONValue {
    guard !benchmarks.isEmpty else { return .null }
    return .list(
      benchmarks.map { report in
        [
          "path": .string(PublishedPath.of(report.input.name)),
          "bytes": .integer(report.input.byteCount),
          "sha256": .string(report.input.digest.hexadecimal),
          "rows": .integer(report.input.rows), "texts": .integer(report.textCount),
          "short_texts": .integer(report.shortTextCount),
          "found_rows": .integer(report.rows.count), "prompts": .integer(report.promptCount),
          "found": .list(
            report.rows.prefix(Self.listedRows).map {
              [
                "line": .integer($0.line), "prompts": .integer($0.promptCount),
                "share": .number($0.largestShare),
              ]
            }),
        ]
      })
  }

  /// More rows of a benchmark are counted, not listed.
  private static let listedRows = 1000

  /// What came of the search for near duplicates; null where there was none.
  var nearDuplicatesDocument: JSONValue {
    guard let counts = nearDuplicates else { return .null }
    return [
      "originals": .integer(counts.originals),
      "most_duplicates": .integer(counts.mostDuplicates),
      "not_compared_with_all": .integer(counts.notComparedWithAll),
    ]
  }

  /// What prompts have of each benchmark, in words.
  var benchmarkSentences: [String] {
    benchmarks.map { report in
      let path = PublishedPath.of(report.input.name)
      let rows = "\(Quantity.count(report.input.rows)) rows"
      guard report.promptCount > 0 else { return "No prompt has a text of the \(rows) of \(path)." }
      return "\(Quantity.count(report.promptCount)) prompts have a text of "
        + "\(Quantity.count(report.rows.count)) of the \(rows) of \(path)."
    }
  }
}
