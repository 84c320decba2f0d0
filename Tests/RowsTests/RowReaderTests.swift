import JSON
import Records
import TestSupport
import Testing

@testable import Rows

@Suite struct RowReaderTests {
  private static let flat = RowSchema(
    fields: FieldMap(), layout: .flat(response: "response", reward: "reward"),
    characteristics: [.chars, .field("tokens")])
  private static let nested = RowSchema(
    fields: FieldMap(), layout: .nested(responses: "r", rewards: "s"),
    characteristics: [.field("n")])
  private static let objects = RowSchema(
    fields: FieldMap(), layout: .nested(responses: "c.response", rewards: "c.reward"),
    characteristics: [])

  /// What a row holds: texts (nil for null), rewards, and the first carried characteristic.
  private static func read(
    _ row: String, _ schema: RowSchema
  ) throws -> (texts: [String?], rewards: [Double], carried: [Double]) {
    var reader = RowReader(schema: schema, advice: .settings)
    return try withScannable(Array(row.utf8)) { base, count in
      try reader.read(base, from: 0, to: count)
      var prompt = PromptBytes()
      try reader.prompt(in: base, from: 0, to: count, into: &prompt)
      let texts = reader.candidates.indices.map { index in
        reader.answer(index, in: base).map { String(decoding: $0.text, as: UTF8.self) }
      }
      return (texts, reader.candidates.map(\.reward), reader.carried.first ?? [])
    }
  }

  @Test func aFlatRowIsOneCandidate() throws {
    let row = try Self.read(
      #"{"prompt": "p", "tokens": "7", "reward": -1.5e1, "response": "a\nb"}"#, Self.flat)
    #expect(row.texts == ["a\nb"] && row.rewards == [-15] && row.carried == [7])
  }

  @Test func aNestedRowIsAsManyAsItsLists() throws {
    let row = try Self.read(
      #"{"n": [1, 2, 3], "s": [0.5, "4.5", Infinity], "r": ["a", null, ""], "prompt": "p"}"#,
      Self.nested)
    #expect(row.texts == ["a", nil, ""] && row.rewards == [0.5, 4.5, .infinity])
    #expect(row.carried == [1, 2, 3])
    #expect(try Self.read(#"{"r": [], "s": [], "n": [], "prompt": ""}"#, Self.nested).texts == [])
  }

  @Test func aListOfObjectsIsNestedToo() throws {
    let row = try Self.read(
      #"{"prompt": "p", "c": [{"response": "a", "reward": 1}, {"reward": 2, "response": "b"}]}"#,
      Self.objects)
    #expect(row.texts == ["a", "b"] && row.rewards == [1, 2])
  }

  @Test func ratingsAreAveragedOverThoseThatThereAre() throws {
    let schema = RowSchema(
      fields: FieldMap(), layout: .rated(responses: "c.t", ratings: ["c.a.R", "c.b.R", "c.z.R"]),
      characteristics: [])
    let row = try Self.read(
      #"{"prompt": "p", "c": [{"t": "1", "a": {"R": "4"}, "b": {"R": 1}}, "#
        + #"{"t": "2", "a": {"R": "N/A"}, "b": {"R": "2"}}, {"t": "3", "b": null}]}"#, schema)
    #expect(row.texts == ["1", "2", "3"])
    #expect(row.rewards[0] == 2.5 && row.rewards[1] == 2 && row.rewards[2].isNaN)
    #expect(throws: RowFault.self) {
      try Self.read(#"{"prompt": "p", "c": [{"t": "1", "a": {"R": "good"}}]}"#, schema)
    }
  }

  @Test func aPairOfConversationsHoldsItsPrompt() throws {
    let columns = ["chosen", "rejected"].map {
      CandidateColumn(response: $0, reward: "score", pattern: "{}_\($0)")
    }
    let schema = RowSchema(
      fields: FieldMap(), layout: .columns(columns), characteristics: [.field("n")])
    func row(_ chosen: String, _ rejected: String) -> String {
      #"{"prompt": "q", "chosen": [\#(chosen)], "rejected": [\#(rejected)], "#
        + #""score_chosen": 1, "score_rejected": "2", "n_chosen": 3, "n_rejected": 4}"#
    }
    let user = #"{"role": "user", "content": "q"}"#
    func answer(_ text: String) -> String { #"{"content": "\#(text)", "role": "assistant"}"# }
    let read = try Self.read(
      row("\(user), \(answer("a"))", "\(user), \(answer("b"))"), schema)
    #expect(read.texts == ["a", "b"] && read.rewards == [1, 2] && read.carried == [3, 4])
    for wrong in [user, "", #"{"role": "assistant"}"#] {
      #expect(throws: RowFault.self) { try Self.read(row(wrong, answer("b")), schema) }
    }
  }

  @Test(arguments: ["null", "NaN", "\"nan\"", "\" NaN \""])
  func aMissingRewardIsNaN(reward: String) throws {
    let row = try Self.read(
      #"{"prompt": "p", "response": "a", "tokens": 1, "reward": \#(reward)}"#, Self.flat)
    #expect(row.rewards.count == 1 && row.rewards[0].isNaN)
  }

  // MARK: Faults

  struct Example: Sendable, CustomTestStringConvertible {
    let row: String
    let schema: RowSchema
    let code: FaultCode
    let offset: Int
    let message: String
    /// Words that the hint must hold.
    let hint: String
    var testDescription: String { message }

    init(
      _ row: String, _ schema: RowSchema, _ code: FaultCode, at offset: Int,
      _ message: String, hint: String = ""
    ) {
      (self.row, self.schema, self.code) = (row, schema, code)
      (self.offset, self.message, self.hint) = (offset, message, hint)
    }
  }

  static let flatFaults: [Example] = [
    Example("{\"a\": 1", flat, .notJSON, at: 7, "not valid JSON: expected \",\" or \"}\""),
    Example("[1]", flat, .notJSON, at: 0, "expected a JSON object"),
    Example(
      #"{"prompt": "p", "text": "a", "reward": 1}"#, flat, .missingField, at: 0,
      "no field \"response\"",
      hint: "the row has: prompt, text, reward; name the right one with input.fields.response"),
    Example(
      #"{"prompt": "p", "responce": "a", "reward": 1}"#, flat, .missingField, at: 0,
      "no field \"response\"",
      hint:
        "the row has: prompt, responce, reward; did you mean \"responce\"? Set input.fields.response"
    ),
    Example(
      "{}", flat, .missingField, at: 0, "no field \"response\"", hint: "the row has no fields"),
    Example(
      #"{"prompt": "p", "response": "a", "final_reward": 1}"#, flat, .missingField, at: 0,
      "no field \"reward\"", hint: "did you mean \"final_reward\"?"),
    Example(
      #"{"prompt": "p", "response": "a", "reward": 1}"#, flat, .missingField, at: 0,
      "no field \"tokens\""),
    Example(
      #"{"prompt": "p", "response": 5, "reward": 1}"#, flat, .wrongType, at: 28,
      "expected a string for \"response\", found a number", hint: "input.fields"),
    Example(
      #"{"prompt": "p", "response": ["a"], "reward": 1}"#, flat, .wrongType, at: 28,
      "expected a string for \"response\", found a list", hint: "input.fields.responses"),
    Example(
      #"{"response": "a", "reward": {"x": 1}}"#, flat, .wrongType, at: 28,
      "expected a number for \"reward\", found an object"),
    Example(
      #"{"response": "a", "reward": true}"#, flat, .wrongType, at: 28,
      "expected a number for \"reward\", found a boolean"),
    Example(
      #"{"response": "a", "reward": "n/a"}"#, flat, .notANumber, at: 28,
      "expected a number for \"reward\", found \"n/a\"", hint: "null marks a missing number"),
    Example(
      #"{"response": "a", "reward": "\#(String(repeating: "x", count: 41))"}"#, flat, .notANumber,
      at: 28,
      "expected a number for \"reward\", found \"\(String(repeating: "x", count: 40))...\""),
    Example(
      #"{"response": "a", "reward": 1, "tokens": "many"}"#, flat, .notANumber, at: 41,
      "expected a number for \"tokens\", found \"many\""),
    // A list on the way to a field: the elements are many values, and the row is to blame.
    Example(
      #" {"c": [{"response": "a"}], "reward": 1}"#,
      {
        var schema = flat
        schema.answers = .flat(response: "c.response", reward: "reward")
        return schema
      }(), .wrongType, at: 0,
      "expected a string for \"c.response\", found a list", hint: "input.fields.responses"),
  ]

  static let nestedFaults: [Example] = [
    Example(#"{"s": [1], "n": [1]}"#, nested, .missingField, at: 0, "no field \"r\""),
    Example(#"{"r": ["a"], "n": [1]}"#, nested, .missingField, at: 0, "no field \"s\""),
    Example(
      #"{"r": "a", "s": [1], "n": [1]}"#, nested, .wrongType, at: 6,
      "expected a list for \"r\", found a string"),
    Example(
      #"{"r": null, "s": [1], "n": [1]}"#, nested, .unequalLists, at: 0,
      "\"r\" has 0 elements, but \"s\" has 1"),
    Example(
      #"{"r": ["a", "b"], "s": [1], "n": [1]}"#, nested, .unequalLists, at: 0,
      "\"r\" has 2 elements, but \"s\" has 1", hint: "in parallel"),
    Example(
      #"{"r": ["a"], "s": [1], "n": [1, 2]}"#, nested, .unequalLists, at: 0,
      "\"r\" has 1 elements, but \"n\" has 2"),
    Example(
      #"{"r": ["a", 5], "s": [1, 2], "n": [1, 2]}"#, nested, .wrongType, at: 12,
      "expected a string for \"r\", found a number"),
    Example(
      #"{"r": ["a", "b"], "s": [1, "n/a"], "n": [1, 2]}"#, nested, .notANumber, at: 27,
      "expected a number for \"s\", found \"n/a\""),
    Example(
      #"{"r": ["a"], "s": [1], "n": [[]]}"#, nested, .wrongType, at: 29,
      "expected a number for \"n\", found a list"),
    Example(
      #"{"c": [{"response": "a", "reward": 1}, {"response": "b"}]}"#, objects, .missingField,
      at: 0, "no field \"c.reward\""),
    Example(
      #"{"c": [{"response": "a", "reward": 1}, 7]}"#, objects, .missingField, at: 0,
      "no field \"c.response\""),
  ]

  /// The row stands behind another, so offsets are those of the memory.
  @Test(arguments: flatFaults + nestedFaults)
  func faultsNameTheirPlace(example: Example) throws {
    let before = "{}\n"
    var reader = RowReader(schema: example.schema, advice: .settings)
    let fault = withScannable(Array((before + example.row + "\n").utf8)) { base, count in
      do throws(RowFault) {
        try reader.read(base, from: before.utf8.count, to: count - 1)
        return nil as RowFault?
      } catch {
        return error
      }
    }
    let found = try #require(fault)
    #expect(found.code == example.code)
    #expect(found.offset - before.utf8.count == example.offset)
    #expect(found.message == example.message)
    #expect(found.hint.contains(example.hint), "\(found.hint)")
  }
}
