import Columns
internal import Foundation
import Hashing
import Ingest
import JSON
import Records
import Rows
import TestSupport
import Testing

@testable import Scan

/// Inputs that were measured one by one give what reading them together gives.
@Suite struct MeasuredInputTests {
  /// Some inputs with the schema of each.
  private struct Case {
    var files: [InputFile]
    var schemas: [RowSchema]

    func scan(
      threads: Int, files indices: [Int]? = nil, policy: InputScan.ErrorPolicy = .skip(limit: 500)
    ) -> InputScan {
      var measure = MeasureOptions(
        schemas: RowSchemas((indices ?? Array(files.indices)).map { schemas[$0] }), minChars: 2,
        maxChars: nil)
      measure.draw = { id, key in
        PromptDraws(
          isTest: key.first.map { $0 < UInt8(ascii: "4") } ?? false,
          random: Fingerprint.of(id.span.bytes))
      }
      measure.sourceField = 0
      return InputScan(
        measure: measure, errorPolicy: policy, dropsDuplicates: true, idConflicts: .drop,
        framing: PassFolder.framing, threads: threads)
    }
  }

  /// A file of columns in memory and on disk, and what goes with it.
  private static func measured(
    _ inputs: Case, _ folder: PassFolder, threads: Int
  ) throws -> [(bytes: [UInt8], input: MeasuredInput)] {
    try inputs.files.indices.map { index in
      var bytes: [UInt8] = []
      var observer = PassFolder.Observer()
      let facts = try inputs.scan(threads: threads, files: [index]).measure(
        inputs.files[index], observer: &observer
      ) { piece in piece.withUnsafeBytes { bytes.append(contentsOf: $0) } }
      let file = try folder.file("\(index)-\(threads).parquet", bytes: bytes)
      // Through JSON text, as a job keeps it.
      let document = try #require(JSONValue(document: facts.document.document, isOurs: true))
      return (
        bytes, MeasuredInput(path: file.path, facts: try #require(MeasuredFacts(document)))
      )
    }
  }

  private static func expectEqual(_ found: InputScan.Result, _ direct: InputScan.Result) {
    let (table, expected) = (found.table, direct.table)
    #expect(table.prompts.elementsEqual(expected.prompts))
    #expect(table.rewards.map(\.bitPattern) == expected.rewards.map(\.bitPattern))
    #expect(table.measures.count == expected.measures.count)
    for (column, others) in zip(table.measures, expected.measures) {
      #expect(column.levels.map(\.bitPattern) == others.levels.map(\.bitPattern))
      #expect(column.codes.elementsEqual(others.codes))
    }
    #expect(table.models.names == expected.models.names)
    #expect(table.sources.names == expected.sources.names)
    for candidate in 0..<expected.candidateCount {
      #expect(table.models.code(of: candidate) == expected.models.code(of: candidate))
    }
    for prompt in 0..<expected.promptCount {
      #expect(table.sources.code(of: prompt) == expected.sources.code(of: prompt))
      #expect(table.isTest(prompt: prompt) == expected.isTest(prompt: prompt))
      #expect(table.drop(ofPrompt: prompt) == expected.drop(ofPrompt: prompt))
      #expect(table.fingerprint(ofPrompt: prompt) == expected.fingerprint(ofPrompt: prompt))
    }
    #expect(table.draws.elementsEqual(expected.draws))
    #expect(table.tieDraws.elementsEqual(expected.tieDraws))
    #expect(table.ledger == expected.ledger)
    #expect(
      found.groups.order.indices.allSatisfy { found.groups.order[$0] == direct.groups.order[$0] })
    #expect(found.inputs == direct.inputs)
    #expect(found.frames == direct.frames)
    let (seen, others) = (found.observations, direct.observations)
    #expect(seen.passThroughKinds == others.passThroughKinds)
    #expect(seen.types == others.types)
    #expect(seen.otherFields == others.otherFields)
    #expect(seen.optionalFields == others.optionalFields)
    #expect(seen.thinkingAnswers == others.thinkingAnswers)
    #expect(seen.doubtfulScores == others.doubtfulScores)
  }

  // MARK: Made-up inputs

  private static let answers = [
    #""yes""#, #""a longer answer""#, "null", #""""#, #""<think>hm</think>done""#, #""日本語""#,
    #""lone \ud800""#, #""  ""#,
    #"[{"role": "assistant", "content": "said", "weight": 0.5, "tool_calls": [{"id": "c1"}]}]"#,
  ]
  private static let numbers = [
    "1", "-0.0", "2.5e-308", "0.1", "NaN", "Infinity", "-Infinity", "1e400", "\"3\"", "null",
  ]
  private static let models = [#""m1""#, #""m\u00e9""#, "null", "7"]
  private static let sources = [#""web""#, #""books \ud800""#, "3", "null", #""web""#, #"["a"]"#]

  /// Rows of one layout with odd values, malformed and long rows and blank lines among them.
  private static func rows(
    _ layout: Int, count: Int, _ random: inout SeededRandom
  ) -> String {
    func one(_ choices: [String]) -> String { choices[random.below(choices.count)] }
    return (0..<count).map { _ -> String in
      let prompt = random.below(count / 3 + 1)
      let head =
        #"{"prompt_id": "p\#(prompt)", "prompt": "prompt \#(prompt % (count / 3))", "source": "#
        + "\(one(sources)), \"extra\(random.below(3))\": 1, "
      switch random.below(40) {
      case 0: return "nonsense"
      case 1: return ""
      case 2: return head + "\"response\": 7}"
      default: break
      }
      if layout == 0 {
        return head
          + #""model": \#(one(models)), "response": \#(one(answers)), "reward": \#(one(numbers)), "#
          + #""tokens": \#(one(numbers))}"#
      }
      let size = random.below(4)
      func list(_ choices: [String]) -> String {
        "[" + (0..<size).map { _ in one(choices) }.joined(separator: ", ") + "]"
      }
      return head
        + #""model": \#(list(models)), "responses": \#(list(answers)), "rewards": \#(list(numbers)), "#
        + #""tokens": \#(list(numbers))}"#
    }.joined(separator: "\n")
  }

  private static func schema(_ layout: Int) -> RowSchema {
    var schema =
      layout == 0
      ? RowSchema(.flat, .flat(response: "response", reward: "reward"), fields: FieldMap())
      : RowSchema(
        .nested, .nested(responses: "responses", rewards: "rewards"), fields: FieldMap())
    schema.characteristics = [.chars, .words, .field("tokens")]
    schema.passThrough = ["source", "extra0"]
    schema.readsModels = true
    return schema
  }

  private static func madeUp(_ folder: PassFolder, seed: UInt64) throws -> Case {
    var random = SeededRandom(seed: seed)
    var inputs = Case(files: [], schemas: [])
    for (index, count) in [400, 3, 900, 60].enumerated() {
      let layout = index % 2
      inputs.files.append(
        try folder.file("\(index).jsonl", rows(layout, count: count, &random)))
      inputs.schemas.append(schema(layout))
    }
    inputs.files.append(try folder.file("empty.jsonl", "\n"))
    inputs.schemas.append(schema(0))
    return inputs
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func measuredInputsGiveWhatReadingTogetherGives(seed: UInt64) throws {
    let folder = try PassFolder()
    let inputs = try Self.madeUp(folder, seed: seed)
    var (seen, seenAgain) = (PassFolder.Observer(), PassFolder.Observer())
    let direct = try inputs.scan(threads: 2).run(inputs.files, observer: &seen)
    #expect(direct.table.candidateCount > 1000)
    #expect(direct.table.ledger.candidatesDropped.count > 4)
    #expect(direct.table.ledger.rowsRejected > 10)
    #expect(direct.table.models.names.count == 2 && direct.table.sources.names.count == 2)

    let measured = try Self.measured(inputs, folder, threads: 1)
    for threads in [1, 3] {
      let found = try inputs.scan(threads: threads).run(measured.map(\.input), observer: &seenAgain)
      Self.expectEqual(found, direct)
    }
    #expect(seenAgain.emptyFiles == seen.emptyFiles + seen.emptyFiles && seen.emptyFiles.count == 1)
    #expect(seenAgain.rejected.count == 2 * seen.rejected.count)
    for (row, other) in zip(seenAgain.rejected, seen.rejected) {
      #expect(row.location == other.location && row.code == other.code)
      #expect(row.message == other.message && row.hint == other.hint)
      #expect(row.bytes == other.bytes && row.byteCount == other.byteCount)
    }
  }

  /// Neither threads nor the size of chunks reach the file.
  @Test func bytesDependOnTheInputAlone() throws {
    let folder = try PassFolder()
    let inputs = Case(
      files: [try folder.file("a.jsonl", PassFolder.rows(0..<70_000))],
      schemas: [Self.schema(0)].map { schema in
        var plain = schema
        plain.characteristics = [.chars]
        plain.passThrough = ["source"]
        return plain
      })
    let one = try Self.measured(inputs, folder, threads: 1)
    let four = try Self.measured(inputs, folder, threads: 4)
    #expect(one[0].bytes == four[0].bytes)
    #expect(one[0].input.facts.document == four[0].input.facts.document)
    var coarse = inputs.scan(threads: 2)
    coarse.framing = FramingOptions(maximumRowByteCount: 1 << 20, chunkByteCount: 3 << 20)
    var bytes: [UInt8] = []
    var observer = PassFolder.Observer()
    _ = try coarse.measure(inputs.files[0], observer: &observer) { piece in
      piece.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    #expect(bytes == one[0].bytes)
  }

  @Test func damageIsAnErrorOfTheFile() throws {
    let folder = try PassFolder()
    let inputs = try Self.madeUp(folder, seed: 9)
    let measured = try Self.measured(inputs, folder, threads: 1)[0]
    var random = SeededRandom(seed: 5)
    var errors = 0
    for number in 0..<60 {
      var bytes = measured.bytes
      if number == 0 { bytes.removeLast(9) }
      bytes[random.below(bytes.count)] ^= UInt8(1 + random.below(255))
      let file = try folder.file("damaged.parquet", bytes: bytes)
      var observer = PassFolder.Observer()
      do {
        _ = try inputs.scan(threads: 1).run(
          [MeasuredInput(path: file.path, facts: measured.input.facts)], observer: &observer)
      } catch let error as IngestError {
        errors += 1
        #expect(error.location?.file == file.path)
        #expect(error.hint?.contains("measure") == true)
      }
    }
    #expect(errors > 30)
  }

  @Test func aConflictNamesInputAndRow() throws {
    let folder = try PassFolder()
    func row(_ id: String, _ prompt: String) -> String {
      #"{"prompt_id": "\#(id)", "prompt": "\#(prompt)", "response": "answer", "reward": 1}"# + "\n"
    }
    let files = [
      try folder.file("a.jsonl", row("1", "p") + row("2", "q")),
      try folder.file("b.jsonl", "\n" + row("3", "p") + row("2", "other") + row("1", "other")),
    ]
    var inputs = Case(files: files, schemas: [Self.schema(0), Self.schema(0)])
    for index in inputs.schemas.indices {
      inputs.schemas[index].characteristics = [.chars]
    }
    let measured = try Self.measured(inputs, folder, threads: 1).map(\.input)
    var scan = inputs.scan(threads: 1)
    scan.idConflicts = .fail
    var observer = PassFolder.Observer()
    let error = try #require(throws: IngestError.self) {
      _ = try scan.run(measured, observer: &observer)
    }
    #expect(error.code == .conflictingIDs)
    #expect(error.location?.file == files[1].displayName)
    #expect(error.message.hasPrefix("the prompt id of row 2 stands with another prompt"))
    #expect(error.message.hasSuffix("(2 ids do)"))
  }

  /// A prompt's source is that of the row of its first candidate, whatever rows come before.
  @Test func rowsWithoutCandidatesNameNoSource() throws {
    let folder = try PassFolder()
    let rows = [
      #"{"prompt": "p", "source": "none", "responses": [], "rewards": []}"#,
      #"{"prompt": "q", "source": "x", "responses": ["aa"], "rewards": [1]}"#,
      #"{"prompt": "p", "source": "first", "responses": [null], "rewards": [1]}"#,
      #"{"prompt": "p", "source": "second", "responses": ["bb"], "rewards": [1]}"#,
    ]
    var schema = Self.schema(1)
    schema.characteristics = [.chars]
    let inputs = Case(
      files: [try folder.file("a.jsonl", rows.joined(separator: "\n"))], schemas: [schema])
    var observer = PassFolder.Observer()
    let table = try inputs.scan(threads: 1).run(inputs.files, observer: &observer).table
    #expect(table.sources[0] == Array("first".utf8) && table.sources[1] == Array("x".utf8))
  }

  // MARK: Other readers

  private static let python = ProcessInfo.processInfo.environment["DPO_PREP_PYTHON"]

  @Test(.enabled(if: python != nil, Comment(rawValue: JSONOracle.reason)))
  func pyarrowReadsWhatPythonMeasures() throws {
    let folder = try PassFolder()
    let inputs = try Self.madeUp(folder, seed: 3)
    let measured = try Self.measured(inputs, folder, threads: 1)
    let process = Process()
    process.executableURL = URL(filePath: Self.python ?? "")
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../oracle/measured_columns.py").standardized
    process.arguments = [
      "-B", script.path(percentEncoded: false), inputs.files[2].path, measured[2].input.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text == "\(measured[2].input.facts.candidateCount) candidates\n")
    #expect(measured[2].input.facts.candidateCount > 700)
  }
}
