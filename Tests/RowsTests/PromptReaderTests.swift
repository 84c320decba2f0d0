import Hashing
import JSON
import Records
import TestSupport
import Testing

@testable import Rows

@Suite struct PromptReaderTests {
  /// Reads the prompt of a row that has an answer beside what is given, and gives it to `body`.
  private static func withPrompt<Result>(
    _ row: String, _ body: (borrowing PromptBytes) throws -> Result
  ) throws -> Result {
    let answer = #""response": "r", "reward": 1}"#
    let whole = row.dropLast() + (row == "{}" ? "" : ", ") + answer
    return try withScannable(Array(whole.utf8)) { base, count in
      var reader = RowReader(
        schema: RowSchema(
          .flat, .flat(response: "response", reward: "reward"), fields: FieldMap()),
        advice: .settings)
      try reader.read(base, from: 0, to: count)
      var output = PromptBytes()
      try reader.prompt(in: base, from: 0, to: count, into: &output)
      return try body(output)
    }
  }

  private static func turns(_ row: String) throws -> [String] {
    try withPrompt(row) {
      $0.prompt.messages.map { "\($0.role): \(String(decoding: $0.text, as: UTF8.self))" }
    }
  }

  private static func key(_ row: String) throws -> Fingerprint.Wide {
    try withPrompt(row) { $0.key }
  }

  @Test(arguments: [
    (#"{"prompt": "a\nb"}"#, ["user: a\nb"]),
    (#"{"prompt": ""}"#, ["user: "]),
    (#"{"prompt": "a", "system": "s"}"#, ["system: s", "user: a"]),
    (#"{"prompt": "a", "system": ""}"#, ["user: a"]),
    (#"{"prompt": "a", "system": null}"#, ["user: a"]),
    (#"{"prompt": "\ud83d!"}"#, ["user: \u{FFFD}!"]),
    (#"{"prompt": [{"role": "user", "content": "a"}]}"#, ["user: a"]),
    // A dialogue of one string, as in Nectar; other texts that begin so are texts.
    (
      #"{"prompt": "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: ", "system": "s"}"#,
      ["system: s", "user: a", "assistant: b", "user: c"]
    ),
    (#"{"prompt": "Human: a\n\nAssistant: b"}"#, ["user: Human: a\n\nAssistant: b"]),
    (#"{"prompt": "Humans: a\n\nAssistant:"}"#, ["user: Humans: a\n\nAssistant:"]),
    (#"{"messages": [{"content": "a", "role": "user"}]}"#, ["user: a"]),
    (
      #"{"prompt": "a", "messages": [{"role": "user", "content": "b"}]}"#, ["user: a"]
    ),
    (
      #"{"prompt": [{"role": "user", "content": "a"}], "system": "s"}"#,
      ["system: s", "user: a"]
    ),
    // The conversation's own system turn counts.
    (
      #"{"prompt": [{"role": "system", "content": "t"}, {"role": "user", "content": "a"}], "system": "s"}"#,
      ["system: t", "user: a"]
    ),
    (
      #"{"prompt": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}]}"#,
      ["user: a", "assistant: b", "user: c"]
    ),
    (
      #"{"prompt": [{"role": "user", "content": "a"}, {"role": "tool", "content": "b"}]}"#,
      ["user: a", "tool: b"]
    ),
  ])
  func promptsAreReadAsTurns(row: String, turns: [String]) throws {
    #expect(try Self.turns(row) == turns)
  }

  @Test(
    arguments: [
      ("{}", FaultCode.missingField, "no field \"prompt\""),
      (
        #"{"prompt": 5}"#, .wrongType,
        "expected a string or a list of messages for \"prompt\", found a number"
      ),
      (
        #"{"prompt": null}"#, .wrongType,
        "expected a string or a list of messages for \"prompt\", found null"
      ),
      (#"{"prompt": []}"#, .noUser, "\"prompt\" has no user turn"),
      (
        #"{"prompt": "a", "system": 5}"#, .wrongType,
        "expected a string for \"system\", found a number"
      ),
      (
        #"{"prompt": "a", "prompt_id": [1]}"#, .wrongType,
        "expected a string or a number for \"prompt_id\", found a list"
      ),
      (
        #"{"prompt": ["a"]}"#, .badConversation,
        "\"prompt\" has a message that is not an object: a string"
      ),
      (
        #"{"prompt": [{"role": "user"}]}"#, .badConversation,
        "\"prompt\" has a message without \"content\""
      ),
      (
        #"{"prompt": [{"role": "user", "content": 5}]}"#, .badConversation,
        "\"prompt\" has a message whose \"content\" is a number, not text or parts"
      ),
      (
        #"{"prompt": [{"role": "bot", "content": "a"}]}"#, .unknownRole,
        "\"prompt\" has a message with the unknown role \"bot\""
      ),
      (
        #"{"messages": [{"role": "system", "content": "a"}]}"#, .noUser,
        "\"messages\" has no user turn"
      ),
      (
        #"{"prompt": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}"#,
        .badConversation, "\"prompt\" ends with an assistant turn, so there is nothing to answer"
      ),
    ] as [(String, FaultCode, String)])
  func badPromptsAreFaults(row: String, code: FaultCode, message: String) throws {
    let fault = try #require(throws: RowFault.self) { try Self.turns(row) }
    #expect(fault.code == code)
    #expect(fault.message == message)
  }

  @Test(arguments: [
    (#"{"prompt": "a", "prompt_id": "x"}"#, "x"), (#"{"prompt": "a", "prompt_id": 17}"#, "17"),
    (#"{"prompt": "a", "prompt_id": 1.50}"#, "1.50"),
    // `printf a | sha256sum`; an empty id is none.
    (
      #"{"prompt": "a"}"#, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    ),
    // `printf '{"messages": [{"content": "s", "role": "system"}, {"content": "a", "role": "user"}]}'
    // | sha256sum`: more than one user turn is told by all of it.
    (
      #"{"prompt": "a", "prompt_id": null, "system": "s"}"#,
      "59395d24213ebfc390dd4820cb90603d9ba2635685fb0c2a89bbab9a77e75d4c"
    ),
    (
      #"{"prompt": "a", "prompt_id": ""}"#,
      "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    ),
  ])
  func idsAreTheRowsOwnOrTheDigestOfTheText(row: String, id: String) throws {
    #expect(try Self.withPrompt(row) { String(decoding: $0.shownID, as: UTF8.self) } == id)
  }

  /// The split goes by the first user turn, whatever else tells prompts apart.
  @Test(arguments: [
    #"{"prompt": "a"}"#, #"{"prompt": "a", "prompt_id": 7}"#, #"{"prompt": "a", "system": "s"}"#,
    #"{"prompt": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}]}"#,
    #"{"prompt": [{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "image"}]}]}"#,
  ])
  func splitsGoByTheFirstUserTurn(row: String) throws {
    let digest = Array(SHA256.digest(of: Array("a".utf8)).hexadecimal.utf8)
    #expect(try Self.withPrompt(row) { $0.splitKey } == digest)
  }

  @Test(arguments: [
    (#"{"prompt": " \n"}"#, true), (#"{"prompt": "a"}"#, false),
    (#"{"prompt": "a", "system": " "}"#, false),
    (
      #"{"prompt": [{"role": "user", "content": ""}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}]}"#,
      true
    ),
    (#"{"prompt": [{"role": "user", "content": [{"type": "image"}]}]}"#, false),
    (
      #"{"prompt": [{"role": "user", "content": "a"}, {"role": "assistant", "content": null, "tool_calls": [{}]}, {"role": "tool", "content": ""}]}"#,
      false
    ),
  ])
  func promptsWithoutWordsAreTold(row: String, isEmpty: Bool) throws {
    #expect(try Self.withPrompt(row) { $0.isEmpty } == isEmpty)
  }

  /// The same conversation in other words has an equal key, another one has another.
  @Test func keysAreThoseOfConversations() throws {
    let text = try Self.key(#"{"prompt": "é\n"}"#)
    #expect(try Self.key(#"{"prompt": "\u00e9\u000a"}"#) == text)
    #expect(try Self.key(#"{"prompt": [{"role": "user", "content": "é\n"}]}"#) == text)
    #expect(try Self.key(#"{"messages": [{"content": "\u00E9\n", "role": "user"}]}"#) == text)
    #expect(try Self.key(#"{"prompt": "e\u0301\n"}"#) != text)
    #expect(try Self.key(#"{"prompt": "é\n", "system": "s"}"#) != text)

    // Dialogues of one string, however their marks are escaped.
    let dialogue = try Self.key(#"{"prompt": "\n\nHuman: é\n\nAssistant: "}"#)
    #expect(try Self.key(#"{"prompt": "é"}"#) == dialogue)
    for start in [#"\u000a\u000AHuman: "#, #"\n\nH\u0075man:"#, "Human:", #"\u0048uman:"#] {
      #expect(try Self.key(#"{"prompt": "\#(start)é\n\nAssistant:"}"#) == dialogue)
    }
    #expect(try Self.key(#"{"prompt": "\n\nHuman: é"}"#) != dialogue)

    let lone = try Self.key(#"{"prompt": "\ud83d"}"#)
    #expect(try Self.key(#"{"prompt": [{"role": "user", "content": "\ud83d"}]}"#) == lone)
    #expect(try Self.key(#"{"prompt": "?"}"#) != lone)

    // Lengths keep turns apart: no text can imitate another turn.
    let two = try Self.key(
      #"{"prompt": [{"role": "user", "content": "ab"}, {"role": "user", "content": "c"}]}"#)
    #expect(
      try Self.key(
        #"{"prompt": [{"role": "user", "content": "a"}, {"role": "user", "content": "bc"}]}"#)
        != two)
  }

  @Test func idsDecideBeforeTexts() throws {
    let first = try Self.key(#"{"prompt": "a", "prompt_id": "1"}"#)
    #expect(try Self.key(#"{"prompt": "b", "prompt_id": 1}"#) == first)
    #expect(try Self.key(#"{"prompt": "a", "prompt_id": "2"}"#) != first)
    let texts = try ["a", "b"].map {
      try Self.withPrompt(#"{"prompt": "\#($0)", "prompt_id": "1"}"#) { $0.fingerprint }
    }
    #expect(texts[0] != texts[1])
  }
}
