internal import Foundation
internal import Ingest
internal import Records
internal import Rows
internal import Scan

extension Benchmarks {
  private struct Observer: InputScan.Observer {
    func didReject(_ row: RejectedRow) throws {}
    func didMeetEmpty(_ diagnostic: Diagnostic) {}
    func checkpoint() throws {}
  }

  /// An input of 300,000 candidates, five of each prompt, whose rows are as short as they can be: what
  /// the columns take is then told from what reading takes.
  private static func input(in folder: String) throws -> (file: InputFile, scan: InputScan) {
    var text = ""
    for prompt in 0..<60_000 {
      let rewards = (0..<5).map { String(Double((prompt * 7919 + $0 * 104_729) % 99_991) / 4096) }
      let answers = (0..<5).map {
        "\"" + String(repeating: "x", count: 1 + (prompt * 31 + $0 * 17) % 97) + "\($0)\""
      }
      text += #"{"prompt": "prompt \#(prompt)", "answers": [\#(answers.joined(separator: ", "))], "#
      text += #""rewards": [\#(rewards.joined(separator: ", "))]}"# + "\n"
    }
    let path = "\(folder)/short.jsonl"
    try text.write(toFile: path, atomically: false, encoding: .utf8)
    var schema = RowSchema(
      .nested, .nested(responses: "answers", rewards: "rewards"), fields: FieldMap())
    schema.characteristics = [.chars]
    let scan = InputScan(
      measure: MeasureOptions(schemas: RowSchemas([schema]), minChars: 1, maxChars: nil),
      errorPolicy: .fail, dropsDuplicates: true, framing: FramingOptions(), threads: 1)
    return (InputFile(path: path, displayName: path, byteCount: text.utf8.count), scan)
  }

  /// The first pass at once, and with a file of columns between its halves; one thread.
  static func measuring(in folder: String) throws -> [Benchmark] {
    let (file, scan) = try input(in: folder)
    let path = "\(folder)/columns.parquet"
    func measure() throws -> (facts: MeasuredFacts, bytes: [UInt8]) {
      var bytes: [UInt8] = []
      var observer = Observer()
      let facts = try scan.measure(file, observer: &observer) { piece in
        piece.withUnsafeBytes { bytes.append(contentsOf: $0) }
      }
      return (facts, bytes)
    }
    let (facts, bytes) = try measure()
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return [
      Benchmark(name: "scan short rows", amount: 300_000, unit: .candidates) {
        var observer = Observer()
        let result = try scan.run([file], observer: &observer)
        precondition(result.table.candidateCount == 300_000)
      },
      Benchmark(name: "measure short rows", amount: 300_000, unit: .candidates) {
        let again = try measure()
        precondition(again.bytes.count == bytes.count)
      },
      Benchmark(name: "table of columns", amount: 300_000, unit: .candidates) {
        var observer = Observer()
        let result = try scan.run(
          [MeasuredInput(path: path, facts: facts)], observer: &observer)
        precondition(result.table.candidateCount == 300_000)
      },
    ]
  }
}
