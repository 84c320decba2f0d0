import Ingest
import Records
import Rows
import Testing

@testable import Scan

@Suite struct KeptInputTests {
  private static let oddRows = [
    #"{"prompt_id": 7, "system": "s\n", "prompt": "caf\u00e9", "response": "\ud83d\ude00 \ud83d", "reward": 1}"#,
    "not JSON",
    #"{"prompt": [{"role": "user", "content": "q"}], "response": null, "reward": 2}"#,
    #"{"prompt": "q", "response": "", "reward": 3}"#, "",
  ].joined(separator: "\n")

  /// What was kept is what a second pass over the files finds.
  @Test(arguments: [1, 2, 3])
  func textsAreThoseOfASecondPass(threads: Int) throws {
    let folder = try PassFolder()
    let files = [
      try folder.file("a.jsonl", PassFolder.rows(0..<3000)),
      try folder.file("b.jsonl", Self.oddRows),
      try folder.file("c.jsonl", PassFolder.rows(1500..<4500)),
    ]
    let scan = try PassFolder.scan(
      files, policy: .skip(limit: 1), threads: threads, keptBytes: 1 << 30)
    let kept = try #require(scan.kept)
    let count = scan.table.candidateCount
    #expect(count == 6003)

    var selection = TextSelection(candidateCount: count)
    for candidate in 0..<count where candidate != 3001 {
      selection.insert(response: candidate)
      selection.insert(promptOf: candidate)
    }
    let extraction = InputExtraction(
      schemas: PassFolder.schemas(files), obstacle: nil, selection: selection,
      framing: PassFolder.framing,
      threads: threads)
    var compared = 0
    try extraction.run(files, of: scan.inputs, frames: scan.frames) { excerpts in
      for excerpt in excerpts {
        compared += 1
        switch excerpt {
        case .answer(let candidate, let answer): #expect(kept.answer(candidate) == answer)
        case .prompt(let candidate, let prompt):
          #expect(kept.prompt(ofCandidate: candidate) == prompt)
        }
      }
    }
    #expect(compared == 2 * (count - 1))
    #expect(kept.answer(3000) == .text(Array("😀 \u{FFFD}".utf8)))
    #expect(kept.prompt(ofCandidate: 3000)?.messages.map(\.role) == [.system, .user])
  }

  @Test(arguments: [1, 2], [1, 2])
  func whatDoesNotFitIsNotKept(threads: Int, fileCount: Int) throws {
    let folder = try PassFolder()
    let files = try (0..<fileCount).map {
      try folder.file("\($0).jsonl", PassFolder.rows($0 * 6000..<($0 + 1) * 6000))
    }
    let size = files.reduce(0) { $0 + ($1.byteCount ?? 0) }
    let large = try PassFolder.scan(files, threads: threads, keptBytes: size * 3)
    #expect(large.kept != nil)
    // As many bytes as the files have are too few, as the places of the texts count too.
    let small = try PassFolder.scan(files, threads: threads, keptBytes: size)
    #expect(small.kept == nil)
    #expect(small.table.rewards.elementsEqual(large.table.rewards))
    #expect(small.frames == large.frames)
  }
}
