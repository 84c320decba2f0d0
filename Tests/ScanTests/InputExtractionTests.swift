internal import Foundation
import Ingest
import Records
import Rows
import Testing

@testable import Scan

@Suite struct InputExtractionTests {
  /// Reads the selected texts, as `number text` and `number prompt: text`.
  private static func extract(
    _ files: [InputFile], after scan: InputScan.Result, threads: Int = 1,
    responses: [Int] = [], prompts: [Int] = []
  ) throws -> [String] {
    var selection = TextSelection(candidateCount: scan.table.candidateCount)
    for candidate in responses { selection.insert(response: candidate) }
    for candidate in prompts { selection.insert(promptOf: candidate) }
    let extraction = InputExtraction(
      schemas: PassFolder.schemas(files), obstacle: nil, selection: selection,
      framing: PassFolder.framing,
      threads: threads)
    var found: [String] = []
    try extraction.run(files, of: scan.inputs, frames: scan.frames) { excerpts in
      for excerpt in excerpts {
        switch excerpt {
        case .answer(let candidate, let answer):
          found.append("\(candidate) \(String(decoding: answer.text, as: UTF8.self))")
        case .prompt(let candidate, let prompt):
          found.append("\(candidate) prompt: \(String(decoding: prompt.text, as: UTF8.self))")
        }
      }
    }
    return found
  }

  @Test(arguments: [1, 2, 3, 4])
  func selectedTextsComeInTheOrderOfTheInput(threads: Int) throws {
    let folder = try PassFolder()
    let files = [
      try folder.file("a.jsonl", PassFolder.rows(0..<3000)),
      try folder.file("b.jsonl", PassFolder.rows(1500..<4500)),
    ]
    let scan = try PassFolder.scan(files, threads: threads)
    #expect(scan.frames.allSatisfy { $0.count > 1 })
    let wanted = Array(stride(from: 0, to: 6000, by: 113))
    let texts = try Self.extract(
      files, after: scan, threads: threads, responses: wanted.reversed(), prompts: [5999, 0])
    let expected = wanted.map { candidate in
      "\(candidate) " + PassFolder.response(candidate < 3000 ? candidate : candidate - 1500)
    }
    #expect(texts == ["0 prompt: prompt 0"] + expected + ["5999 prompt: prompt 4499"])
  }

  @Test func malformedRowsTakeNoNumbers() throws {
    let folder = try PassFolder()
    let file = try folder.file("broken.jsonl", InputScanTests.broken)
    let scan = try PassFolder.scan([file], policy: .skip(limit: 3))
    #expect(
      try Self.extract([file], after: scan, responses: [0, 1], prompts: [1])
        == ["0 a", "1 prompt: p", "1 c"])
  }

  /// What is written over the file between the passes.
  enum Change: CaseIterable, CustomTestStringConvertible {
    case longer, muchLonger, shorter, empty, otherText, otherOrder

    var rows: String {
      switch self {
      case .longer: PassFolder.rows(0..<11)
      case .muchLonger: PassFolder.rows(0..<5000)
      case .shorter: PassFolder.rows(0..<9)
      case .empty: ""
      case .otherText: PassFolder.rows(0..<10).replacing("response 3", with: "response 4")
      case .otherOrder: PassFolder.rows(5..<10) + PassFolder.rows(0..<5)
      }
    }

    var testDescription: String { "\(self)" }
  }

  @Test(arguments: Change.allCases, [1, 3])
  func aChangedFileIsAnError(change: Change, threads: Int) throws {
    let folder = try PassFolder()
    let file = try folder.file("a.jsonl", PassFolder.rows(0..<10))
    let scan = try PassFolder.scan([file])
    let changed = try folder.file("a.jsonl", change.rows)
    let error = try #require(throws: IngestError.self) {
      _ = try Self.extract([changed], after: scan, threads: threads, responses: [3, 9])
    }
    #expect(error.code == .inputChanged)
  }
}
