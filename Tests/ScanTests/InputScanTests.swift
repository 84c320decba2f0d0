import Columns
internal import Foundation
import Ingest
import Records
import Rows
import Testing

@testable import Scan

@Suite struct InputScanTests {
  @Test(arguments: [1, 2, 3, 4])
  func threadsChangeNothing(threads: Int) throws {
    let folder = try PassFolder()
    let files = [
      try folder.file("a.jsonl", PassFolder.rows(0..<3000)),
      try folder.file("b.jsonl", PassFolder.rows(1500..<6000)),
    ]
    let plain = try PassFolder.scan(files, threads: 1)
    let result = try PassFolder.scan(files, threads: threads)
    // More than one chunk, or there is nothing to put in order.
    #expect(result.frames.allSatisfy { $0.count > 1 })
    #expect(result.frames == plain.frames)
    // As bits, since NaN marks dropped candidates.
    #expect(result.table.rewards.map(\.bitPattern) == plain.table.rewards.map(\.bitPattern))
    #expect(result.table.prompts.elementsEqual(plain.table.prompts))
    #expect(result.table.primary.levels == plain.table.primary.levels)
    #expect(result.table.primary.codes.elementsEqual(plain.table.primary.codes))
    #expect(result.table.ledger == plain.table.ledger)
    #expect(result.inputs == plain.inputs)

    // And it is what was written.
    #expect(result.table.candidateCount == 7500 && result.table.promptCount == 6000)
    #expect(result.inputs.map(\.rows) == [3000, 4500])
    #expect(result.table.rewards.prefix(3000).elementsEqual((0..<3000).map { Double($0) / 8 }))
    #expect(result.table.prompts[3000] == 1500)
    #expect(Array(result.groups[1500]) == [1500, 3000])
  }

  @Test func candidatesMeetTheReasonsInOrder() throws {
    let folder = try PassFolder()
    let rows = [
      (#"null, "reward": null"#, CandidateDrop.missingResponse),
      (#""", "reward": null"#, .nonFiniteReward), (#""x", "reward": "inf""#, .nonFiniteReward),
      (#""x", "reward": 1e999"#, .nonFiniteReward), (#""", "reward": 1"#, .tooShort),
      (#""日本語日本語", "reward": 1"#, .tooLong), (#""日本語日本", "reward": 1"#, nil),
      (#""日本語\u65e5本", "reward": 2"#, .duplicateResponse), (#""x", "reward": -0.5"#, nil),
    ]
    let text = rows.map { #"{"prompt": "p", "response": \#($0.0)}"# + "\n" }.joined()
    let files = [try folder.file("a.jsonl", text)]
    let result = try PassFolder.scan(files, minChars: 1, maxChars: 5)
    #expect(result.table.rewards.map(\.isNaN) == rows.map { $0.1 != nil })
    var expected: [CandidateDrop: Int] = [:]
    for case let reason? in rows.map(\.1) { expected[reason, default: 0] += 1 }
    #expect(result.table.ledger.candidatesDropped == expected)
    #expect(result.table.ledger.candidatesKept == 2)
  }

  static let broken = [
    #"{"prompt": "p", "response": "a", "reward": 1}"#, "",
    #"{"prompt": "p", "response": "b", "reward": "n/a"}"#,
    "nonsense", #"{"prompt": "p", "response": "c", "reward": 3}"#,
    #"{"prompt": "p", "response": "d"}"#, "",
  ].joined(separator: "\n")

  @Test(arguments: [1, 3])
  func malformedRowsArePassedOver(threads: Int) throws {
    let folder = try PassFolder()
    let file = try folder.file("broken.jsonl", Self.broken)
    var observer = PassFolder.Observer()
    let result = try PassFolder.scan(
      [file], policy: .skip(limit: 3), threads: threads, observer: &observer)
    #expect(Array(result.table.rewards) == [1, 3])
    #expect(result.table.ledger.rowsRead == 5 && result.table.ledger.rowsRejected == 3)
    #expect(
      observer.rejected.map {
        "\($0.location.line ?? 0):\($0.location.column ?? 0) \($0.code.name)"
      }
        == ["3:44 not_a_number", "4:1 not_json", "6:1 missing_field"])
    #expect(observer.rejected[1].bytes == Array("nonsense".utf8))
    #expect(observer.rejected[1].byteCount == 8)
  }

  @Test func theFirstMalformedRowFails() throws {
    let folder = try PassFolder()
    let file = try folder.file("broken.jsonl", Self.broken)
    let error = try #require(throws: IngestError.self) { try PassFolder.scan([file]) }
    #expect(error.code == .malformedRow)
    #expect(error.message == "expected a number for \"reward\", found \"n/a\"")
    #expect(error.location == Records.SourceLocation(file: file.displayName, line: 3, column: 44))
  }

  @Test func tooManyMalformedRowsAreAnError() throws {
    let folder = try PassFolder()
    let file = try folder.file("broken.jsonl", Self.broken)
    let error = try #require(throws: IngestError.self) {
      try PassFolder.scan([file], policy: .skip(limit: 2))
    }
    #expect(error.code == .tooManyMalformedRows)
    #expect(error.message == "more than 2 malformed rows; this one: no field \"reward\"")
    #expect(error.location?.line == 6)
    #expect(error.hint?.contains("input.max_errors") == true)
  }

  @Test func anInputWithoutOneGoodRowIsAnError() throws {
    let folder = try PassFolder()
    let file = try folder.file("bad.jsonl", "1\n2\n")
    let error = try #require(throws: IngestError.self) {
      try PassFolder.scan([file], policy: .skip(limit: 100))
    }
    #expect(error.code == .noRows)
    #expect(error.message == "not one of 2 rows is usable; the first: expected a JSON object")
  }

  @Test func emptyFilesAreAnErrorOrAWarning() throws {
    let folder = try PassFolder()
    let files = [
      try folder.file("empty.jsonl", " \n"), try folder.file("a.jsonl", PassFolder.rows(0..<2)),
    ]
    #expect(try #require(throws: IngestError.self) { try PassFolder.scan(files) }.code == .empty)
    var observer = PassFolder.Observer()
    let result = try PassFolder.scan(files, policy: .skip(limit: 0), observer: &observer)
    #expect(observer.emptyFiles == [files[0].displayName])
    #expect(result.inputs.map(\.rows) == [0, 2])
    let none = try #require(throws: IngestError.self) {
      try PassFolder.scan([files[0]], policy: .skip(limit: 0))
    }
    #expect(none.code == .noRows && none.message == "the input holds no rows")
  }

  /// Damage that shows as a malformed row is the damaged file's fault, not that of a file whose
  /// name begins alike.
  @Test func aDamagedFileIsBlamedBeforeItsRows() throws {
    let folder = try PassFolder()
    // More than a chunk, so that the row is met before the end of the file.
    let content = Array(("{\"prompt\" \n" + PassFolder.rows(0..<6000)).utf8)
    // Stored blocks of deflate with a checksum that is none (RFC 1951, 1952).
    var gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: content.count, by: 60_000) {
      let block = content[start...].prefix(60_000)
      let (low, high) = (UInt8(block.count & 0xFF), UInt8(block.count >> 8))
      gzip += [block.endIndex == content.count ? 1 : 0, low, high, ~low, ~high]
      gzip += block
    }
    gzip += [1, 2, 3, 4, 0, 0, 0, 0]
    let files = [
      try folder.file("a.jsonl", PassFolder.rows(0..<2)),
      try folder.file("a.jsonl.gz", bytes: gzip),
    ]
    let error = try #require(throws: IngestError.self) { try PassFolder.scan(files) }
    #expect(error.code == .corrupt)
  }

  @Test func theObserverCanEndThePass() throws {
    let folder = try PassFolder()
    let file = try folder.file("a.jsonl", PassFolder.rows(0..<2))
    var observer = PassFolder.Observer()
    observer.endsAtOnce = true
    #expect(throws: PassFolder.Ended.self) {
      try PassFolder.scan([file], observer: &observer)
    }
  }
}
