import Audit
import Calibrate
import Curves
import Evaluate
import Ingest
import JSON
import Records
import Rows
import Scan
import Settings
import Tokenizer

/// A part of the program that is given untrusted bytes.
///
/// Running one gives a word for how it went; what ends the process is a finding.
enum FuzzTarget: String, CaseIterable {
  case json, yaml, overrides, files, tables, parquet, arrow, rows
  case datasets, pairs, cards, manifests, curves, scores, leaderboards, rankings
  case tokenizers

  /// What the file is called, where names decide.
  private var fileName: String {
    switch self {
    case .tables, .rankings: "input.csv"
    case .scores, .leaderboards, .curves, .tokenizers: "input.json"
    case .cards: "dataset/README.md"
    case .manifests: "dataset/manifest.json"
    default: "input.jsonl"
    }
  }

  func run(_ bytes: [UInt8], in folder: String) -> String {
    switch self {
    case .json: Self.json(bytes)
    case .yaml:
      outcome {
        let configuration = try Configuration.parse(bytes, named: "input.yaml")
        let text = configuration.yaml()
        _ = try Configuration.parse(text, named: "again.yaml")
      }
    case .overrides:
      outcome {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        let yaml = Array("{input: {paths: [a]}, output: {dir: b}}".utf8)
        _ = try Configuration.parse(yaml, named: "input.yaml", overrides: lines)
      }
    case .files, .tables, .parquet, .arrow:
      withFile(bytes, in: folder) { file in
        let reader = try ChunkReader(file, fileIndex: 0)
        // A few bytes can stand for rows without end.
        var frames = 0
        while frames < 16, let frame = try reader.next() {
          frames += 1
          if case .chunk(let chunk) = frame { chunk.forEachRow { _, _ in true } }
        }
        if frames < 16 { _ = try reader.finish() }
        _ = try FieldSurvey([file]) {}
      }
    case .rows: withFile(bytes, in: folder) { try Self.scan($0) }
    case .datasets:
      withFile(bytes, in: folder) { file in
        _ = try Validation(threads: 1).run(DatasetFiles(file.path), as: nil)
      }
    case .pairs: withFile(bytes, in: folder) { try Self.compare($0.path) }
    case .cards:
      withDataset(bytes, in: folder) { dataset in
        let files = try DatasetFiles(dataset)
        let findings = try Validation(threads: 1).run(files, as: nil).findings
        guard let first = findings.first else { return "accepted" }
        return "\(findings.count) findings, \(first.code)"
      }
    case .manifests:
      withDataset(bytes, in: folder) { dataset in
        _ = ManifestChange.between(dataset, dataset)
        guard let read = Verification.Dataset(dataset) else { return "no manifest" }
        let problems = try read.verified(threads: 1, countsRows: true) { _ in }.problems
        return problems.map(\.code.rawValue).joined(separator: " ")
      }
    case .curves:
      withFile(bytes, in: folder) { file in
        for curve in try CurveFile.read(file.path).curves {
          for length in Self.lengths { _ = curve.bias(at: length) }
        }
      }
    case .scores:
      withFile(bytes, in: folder) { file in
        let scores = try RewardBenchScores(
          [file], texts: nil, settings: Self.settings, threads: 1, checkpoint: {})
        for ensemble in [nil, RewardCombination.Rule.scaledMean] {
          var settings = Self.settings
          settings.ensemble = ensemble
          _ = try RewardBenchEvaluation(
            scores, settings: settings, resampling: Resampling(count: 2, seed: 0), threads: 1)
        }
      }
    case .leaderboards: withFile(bytes, in: folder) { try Self.rank($0) }
    case .rankings:
      withFile(bytes, in: folder) { file in
        _ = try Ranking(name: "arena", path: file.path, column: "elo")
      }
    case .tokenizers:
      outcome {
        let counter = TokenCounter(try TokenizerFile(bytes, named: fileName))
        for text in Self.texts { _ = try counter.count(text.span) }
      }
    }
  }

  /// What tokens are counted of: scripts, special tokens, spaces, long words and what is no UTF-8.
  private static let texts: [[UInt8]] = [
    [], Array("It's 12,345 words; <|im_end|>\n\n  na\u{EF}ve \u{4E2D}\u{6587} \u{1F600}\t".utf8),
    Array("ab cd <s>x</s> e\u{301} \u{1100}\u{1161}".utf8),
    Array(repeating: UInt8(ascii: "a"), count: 5000), [0xED, 0xA0, 0x80, 0x20, 0x41],
  ]

  private static let lengths = [0, 1, 99.5, 1e308, -.infinity, .infinity, .nan]

  private static let settings = MethodSettings(
    characteristics: [(measure: .chars, alpha: 1)], lowess: .init(frac: 0.3), choosesFrac: false,
    mean: .init(ratio: 4, minimumCount: 10), penalty: 0.001, ties: .half,
    isReferenceCompatible: false)

  /// A value that is read comes back from its own text.
  private static func json(_ bytes: [UInt8]) -> String {
    guard let value = JSONValue(document: bytes) else { return "not JSON" }
    let text = value.compact
    // Not compared as values: NaN is not equal to itself, and is written as null.
    guard let again = JSONValue(document: text, isOurs: true), again.compact == text else {
      fatalError("a value did not come back: \(String(decoding: text, as: UTF8.self))")
    }
    return value.kindName
  }

  /// As `run` does: rows of any layout become columns, and their texts are found again.
  private static func scan(_ file: InputFile) throws {
    let framing = FramingOptions(maximumRowByteCount: 1 << 20, chunkByteCount: 64 << 10)
    let schemas = try LayoutDetection(
      fields: FieldMap(), format: .automatic, order: .automatic, framing: framing, advice: .settings
    ) { $0.characteristics = [.chars, .words] }.schemas(of: [file], threads: 1)
    var observer = Observer()
    let result = try InputScan(
      measure: MeasureOptions(schemas: schemas, minChars: 1, maxChars: nil),
      errorPolicy: .skip(limit: 1000), dropsDuplicates: true, framing: framing, threads: 1
    ).run([file], observer: &observer)
    var selection = TextSelection(candidateCount: result.table.candidateCount)
    for candidate in 0..<result.table.candidateCount {
      selection.insert(response: candidate)
      selection.insert(promptOf: candidate)
    }
    try InputExtraction(
      schemas: schemas, obstacle: nil, selection: selection, framing: framing, threads: 1
    ).run([file], of: result.inputs, frames: result.frames) { _ in }
  }

  private struct Observer: InputScan.Observer {
    func didReject(_ row: RejectedRow) {}
    func didMeetEmpty(_ diagnostic: Diagnostic) {}
    func checkpoint() {}
  }

  /// As `audit` and `diff` do.
  private static func compare(_ path: String) throws {
    let table = try PairTable(
      DatasetFiles(path), as: nil, groupedBy: PairTable.usualGroupColumns, isCompared: true,
      threads: 1, checkpoint: {})
    _ = table.audit
    _ = DatasetDifference(table, table, tolerance: 0)
  }

  private static func rank(_ file: InputFile) throws {
    for takesPreferences in [false, true] {
      let scoring = LeaderboardRows.Scoring(
        field: nil, takesPreferences: takesPreferences, scale: nil, clip: 1e-3)
      var rows = LeaderboardRows(baseline: "base")
      try rows.read([file], scoring: scoring, settings: settings, threads: 1, checkpoint: {})
      try rows.settle(scoring, baselineScore: nil)
      _ = try LeaderboardEvaluation(
        rows, baseline: "base", fitsBaseline: true, rankings: [], settings: settings,
        lengthControl: LengthControl(), resampling: Resampling(count: 2, seed: 0), threads: 1)
    }
  }

  /// Runs over a folder of a dataset in which the bytes are one of the files.
  private func withDataset(
    _ bytes: [UInt8], in folder: String, _ body: (_ dataset: String) throws -> String
  ) -> String {
    var word = ""
    let outcome = outcome {
      try Files.makeFolder(folder + "/dataset/data")
      let row = #"{"prompt": "a", "chosen": "b", "rejected": "c", "score_chosen": 1.5}"# + "\n"
      try Files.write(Array(row.utf8), to: folder + "/dataset/data/train-00000-of-00001.jsonl")
      try Files.write(bytes, to: folder + "/" + fileName)
      word = try body(folder + "/dataset")
    }
    return outcome == "read" ? word : outcome
  }

  private func withFile(
    _ bytes: [UInt8], in folder: String, _ body: (InputFile) throws -> Void
  ) -> String {
    let path = folder + "/" + fileName
    return outcome {
      try Files.write(bytes, to: path)
      try body(InputFile(path: path, displayName: fileName, byteCount: bytes.count))
    }
  }

  /// How it went, without the numbers and names that make two alike ones different.
  private func outcome(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "read"
    } catch let error as any ReportableError {
      let message = error.diagnostic.message
      return message.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map { String($0.element.filter { !$0.isNumber }) }
        .joined(separator: "…").prefix(60).description
    } catch {
      return "\(type(of: error))"
    }
  }
}
