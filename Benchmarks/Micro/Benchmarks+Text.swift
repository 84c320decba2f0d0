internal import CKernels
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

  /// Files of rows: the folder they are in, and how large each is.
  struct RowFiles {
    private let folder: String
    private var byteCounts: [String: Int] = [:]

    static let plain = "rows.jsonl"
    static let escaped = "rows-escaped.jsonl"

    /// Makes 6,000 rows as they are and with `\uXXXX`, and the former compressed.
    ///
    /// - Parameter folder: A folder of files in memory.
    init(in folder: String) throws {
      self.folder = folder
      for (name, isEscaped) in [(Self.plain, false), (Self.escaped, true)] {
        var made = MadeText(seed: 1)
        var text = ""
        for row in 0..<6000 { text += made.row(row, isEscaped: isEscaped) }
        try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
        byteCounts[name] = text.utf8.count
      }
      for command in ["gzip -6 -k", "zstd -q -3"] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command.split(separator: " ").map(String.init) + [Self.plain]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        try process.run()
        process.waitUntilExit()
        precondition(process.terminationStatus == 0, "\(command) failed")
      }
    }

    func files(_ name: String) throws -> [InputFile] {
      try InputDiscovery.files(for: ["\(folder)/\(name)"])
    }

    func byteCount(_ name: String) -> Int { byteCounts[name] ?? 0 }
  }

  /// Decompressing, verifying and framing, on one thread.
  static func reader(of rows: RowFiles) -> [Benchmark] {
    ["", ".zst", ".gz"].map { suffix in
      let byteCount = rows.byteCount(RowFiles.plain)
      return Benchmark(name: "read .jsonl\(suffix)", amount: byteCount, unit: .bytes) {
        var sum = 0
        for file in try rows.files(RowFiles.plain + suffix) {
          let reader = try ChunkReader(file, fileIndex: 0)
          while let frame = try reader.next() {
            if case .chunk(let chunk) = frame { sum += chunk.byteCount }
          }
          _ = try reader.finish()
        }
        precondition(sum == byteCount)
      }
    }
  }

  /// The first pass, with one thread of work: framing, parsing, lengths, fingerprints, columns.
  static func scanner(of rows: RowFiles) -> [Benchmark] {
    [("scan", RowFiles.plain), ("scan, \\u escapes", RowFiles.escaped)].map { name, file in
      Benchmark(name: name, amount: rows.byteCount(file), unit: .bytes) {
        let fields = FieldMap()
        var schema = RowSchema(
          .nested, .nested(responses: fields.responses[0], rewards: fields.rewards[0]),
          fields: fields)
        schema.characteristics = [.chars]
        let scan = InputScan(
          measure: MeasureOptions(schemas: RowSchemas([schema]), minChars: 1, maxChars: nil),
          errorPolicy: .fail, dropsDuplicates: true, framing: FramingOptions(), threads: 1)
        var observer = Observer()
        let result = try scan.run(try rows.files(file), observer: &observer)
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
