internal import CKernels
internal import Foundation
internal import Ingest
internal import Records

/// The benchmarks there are, by stage.
enum Benchmarks {
  private struct Observer: InputScan.Observer {
    func didReject(_ row: RejectedRow) throws {}
    func didMeetEmpty(_ diagnostic: Diagnostic) {}
    func checkpoint() throws {}
  }

  /// The first pass over rows that are in memory, on one thread: framing, parsing, lengths,
  /// fingerprints and columns.
  ///
  /// - Parameter folder: A folder of files in memory.
  static func scanner(in folder: String) throws -> [Benchmark] {
    try [("scan", false), ("scan, \\u escapes", true)].map { name, isEscaped in
      var made = MadeText(seed: 1)
      var text = ""
      for row in 0..<6000 { text += made.row(row, isEscaped: isEscaped) }
      let path = "\(folder)/rows-\(isEscaped ? "escaped" : "plain").jsonl"
      try text.write(toFile: path, atomically: false, encoding: .utf8)
      return Benchmark(name: name, amount: text.utf8.count, unit: .bytes) {
        let fields = FieldMap()
        let schema = RowSchema(
          fields: fields, layout: .nested(responses: fields.responses, rewards: fields.rewards),
          characteristics: [.chars])
        let scan = InputScan(
          measure: MeasureOptions(schema: schema, minChars: 1, maxChars: nil),
          errorPolicy: .fail, dropsDuplicates: true, framing: FramingOptions(), threads: 1,
          keptBytes: 0)
        var observer = Observer()
        let result = try scan.run(
          try InputDiscovery.files(for: [path]), observer: &observer)
        precondition(result.table.candidateCount == 30_000)
      }
    }
  }

  /// Code points of texts that are a typical response long.
  static func lengthCounter() -> [Benchmark] {
    var made = MadeText(seed: 2)
    let texts = (0..<1000).map { _ in
      Array(made.text(byteCount: made.responseLength()).utf8)
    }
    let rounds = 100
    let amount = rounds * texts.reduce(0) { $0 + $1.count }
    return [
      Benchmark(name: "count code points", amount: amount, unit: .bytes) {
        var continuations = 0
        for _ in 0..<rounds {
          for text in texts {
            continuations += text.withUnsafeBufferPointer { text in
              text.baseAddress.map { count_utf8_continuations($0, text.count) } ?? 0
            }
          }
        }
        precondition(continuations > 0)
      }
    ]
  }
}
