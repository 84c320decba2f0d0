import Audit
import Calibrate
import Evaluate
import Ingest
import JSON
import Records
import Rows
import Settings

/// A part of the program that is given bytes nobody vouches for.
///
/// Running one gives a word for how it went; what ends the process is a finding.
enum FuzzTarget: String, CaseIterable {
  case json, yaml, files, tables, parquet, arrow, datasets, scores

  /// What the file is called, where names decide.
  private var fileName: String {
    switch self {
    case .tables: "input.csv"
    case .scores: "input.json"
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
    case .datasets:
      withFile(bytes, in: folder) { file in
        _ = try Validation(threads: 1).run(DatasetFiles(file.path), as: nil)
      }
    case .scores:
      withFile(bytes, in: folder) { file in
        _ = try RewardBenchScores(
          [file], texts: nil, settings: Self.settings, threads: 1, checkpoint: {})
      }
    }
  }

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
        .joined(separator: "…")
    } catch {
      return "\(type(of: error))"
    }
  }
}
