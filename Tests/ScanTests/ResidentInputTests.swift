import Ingest
import Records
import Rows
import Testing

@testable import Scan

@Suite struct ResidentInputTests {
  private static let oddRows = [
    #"{"prompt_id": 7, "system": "s\n", "prompt": "caf\u00e9", "response": "\ud83d\ude00 \ud83d", "reward": 1}"#,
    "not JSON",
    #"{"prompt": [{"role": "user", "content": "q"}], "response": null, "reward": 2}"#,
    #"{"prompt": "q", "response": "", "reward": 3}"#, "",
  ].joined(separator: "\n")

  /// A text that the second pass found.
  private struct Found: Equatable {
    var candidate: Int
    var answer: Answer?
    var prompt: Prompt?
  }

  /// The texts of every candidate, as the second pass finds them.
  private static func texts(
    _ files: [InputFile], after scan: InputScan.Result, threads: Int = 1
  ) throws -> [Found] {
    var selection = TextSelection(candidateCount: scan.table.candidateCount)
    for candidate in 0..<scan.table.candidateCount {
      selection.insert(response: candidate)
      selection.insert(promptOf: candidate)
    }
    var found: [Found] = []
    try InputExtraction(
      schemas: PassFolder.schemas(files), obstacle: nil, selection: selection,
      framing: PassFolder.framing, threads: threads
    ).run(files, of: scan.inputs, frames: scan.frames, resident: scan.resident) { excerpts in
      found += excerpts.map { excerpt in
        switch excerpt {
        case .answer(let candidate, let answer): Found(candidate: candidate, answer: answer)
        case .prompt(let candidate, let prompt): Found(candidate: candidate, prompt: prompt)
        }
      }
    }
    return found
  }

  /// What new memory costs on a busy machine does not matter here.
  private static func kept(_ byteCount: Int) -> ResidentInput.Limit {
    .init(byteCount: byteCount, isWorthDearMemory: true)
  }

  /// However much was kept, the second pass finds what it finds without.
  @Test(arguments: [1, 2, 3])
  func textsAreThoseOfASecondReading(threads: Int) throws {
    let folder = try PassFolder()
    let files = [
      try folder.file("a.jsonl", PassFolder.rows(0..<3000)),
      try folder.file("b.jsonl", Self.oddRows),
      try folder.file("c.jsonl", PassFolder.rows(1500..<4500)),
    ]
    let expected = try Self.texts(
      files, after: try PassFolder.scan(files, policy: .skip(limit: 1), threads: threads))
    #expect(expected.count == 2 * 6003 - 1)
    var wholeCount = 0
    for byteCount in stride(from: 1, to: 1 << 20, by: 40_000) + [1 << 30] {
      let scan = try PassFolder.scan(
        files, policy: .skip(limit: 1), threads: threads, resident: Self.kept(byteCount))
      let resident = try #require(scan.resident)
      #expect(resident.account.byteCount <= byteCount)
      if (0..<3).allSatisfy({ resident.start(ofFile: $0) == 0 }) { wholeCount += 1 }
      // Told without the texts, which are many.
      let isSame = try Self.texts(files, after: scan, threads: threads) == expected
      #expect(isSame, "\(byteCount) bytes")
    }
    #expect(wholeCount > 0)
  }

  @Test func whatIsKeptIsNotReadAgain() throws {
    let folder = try PassFolder()
    let file = try folder.file("a.jsonl", PassFolder.rows(0..<3000))
    let scan = try PassFolder.scan([file], resident: Self.kept(1 << 30))
    let expected = try Self.texts([file], after: scan)
    _ = try folder.file("a.jsonl", PassFolder.rows(5000..<6000))
    #expect(try Self.texts([file], after: scan) == expected)
  }

  /// A change behind the frames that are read again is one, too.
  @Test func aChangedFileIsAnError() throws {
    let folder = try PassFolder()
    let rows = PassFolder.rows(0..<3000)
    let file = try folder.file("a.jsonl", rows)
    let whole = try #require(
      try PassFolder.scan([file], resident: Self.kept(1 << 30)).resident)
    let scan = try PassFolder.scan([file], resident: Self.kept(whole.account.byteCount / 2))
    #expect(try #require(scan.resident?.start(ofFile: 0)) > 0)
    let changed = try folder.file(
      "a.jsonl", rows.replacing("response 2999", with: "response 2998"))
    let error = #expect(throws: IngestError.self) {
      try Self.texts([changed], after: scan)
    }
    #expect(error?.code == .inputChanged)
  }
}
