internal import Foundation
import Ingest
import Records
import Rows
import Testing

@testable import Scan

/// A folder with input files for one test, gone with it, and the usual way to scan them.
final class PassFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "passes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String, _ text: String) throws -> InputFile {
    try file(name, bytes: Array(text.utf8))
  }

  func file(_ name: String, bytes: [UInt8]) throws -> InputFile {
    let path = url.appending(path: name)
    try Data(bytes).write(to: path)
    let name = path.path(percentEncoded: false)
    return InputFile(path: name, displayName: name, byteCount: bytes.count)
  }

  // MARK: Rows

  static func schemas(_ files: [InputFile]) -> RowSchemas {
    var schema = RowSchema(
      .flat, .flat(response: "response", reward: "reward"), fields: FieldMap())
    schema.characteristics = [.chars]
    return RowSchemas(files.map { _ in schema })
  }

  /// Flat rows of one candidate each; row *n* has the reward *n*/8.
  ///
  /// Two thousand fill a chunk.
  static func rows(_ numbers: Range<Int>) -> String {
    numbers.map { number in
      #"{"prompt": "prompt \#(number)", "response": "\#(response(number))", "reward": "#
        + "\(Double(number) / 8)}\n"
    }.joined()
  }

  static func response(_ number: Int) -> String {
    "response \(number) " + String(repeating: "x", count: 150 + number % 97)
  }

  // MARK: Scanning

  /// Small chunks, so that a small file has several.
  static let framing = FramingOptions(maximumRowByteCount: 1 << 20, chunkByteCount: 512 << 10)

  struct Ended: Error {}

  struct Observer: InputScan.Observer {
    var rejected: [RejectedRow] = []
    var emptyFiles: [String] = []
    var endsAtOnce = false

    mutating func didReject(_ row: RejectedRow) { rejected.append(row) }

    mutating func didMeetEmpty(_ diagnostic: Diagnostic) {
      emptyFiles.append(diagnostic.location?.file ?? "")
    }

    func checkpoint() throws {
      if endsAtOnce { throw Ended() }
    }
  }

  static func scan(
    _ files: [InputFile], policy: InputScan.ErrorPolicy = .fail, minChars: Int = 1,
    maxChars: Int? = nil, threads: Int = 1, resident: ResidentInput.Limit = .none,
    observer: inout Observer
  ) throws -> InputScan.Result {
    try InputScan(
      measure: MeasureOptions(schemas: schemas(files), minChars: minChars, maxChars: maxChars),
      errorPolicy: policy, dropsDuplicates: true, framing: framing, threads: threads,
      resident: resident
    ).run(files, observer: &observer)
  }

  static func scan(
    _ files: [InputFile], policy: InputScan.ErrorPolicy = .fail, minChars: Int = 1,
    maxChars: Int? = nil, threads: Int = 1, resident: ResidentInput.Limit = .none
  ) throws -> InputScan.Result {
    var observer = Observer()
    return try scan(
      files, policy: policy, minChars: minChars, maxChars: maxChars, threads: threads,
      resident: resident, observer: &observer)
  }
}
