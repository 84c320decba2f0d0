import JSON
import Records
import Testing

@testable import Rows

/// Prompts and answers of rows in every form; in a test's rows the letters say whose turn is whose:
/// `s` is a system turn, `u` and `v` are the user's, `a` to `f` the assistant's.
@Suite struct ConversationRowTests {
  /// Parts of a row whose fields have their own names.
  private static func parts(_ text: String) throws -> RowParts {
    let row = try value(text)
    func field(_ name: String) -> RowParts.Field? { row[name].map { RowParts.Field(name, $0) } }
    var parts = RowParts()
    parts.prompt = field("prompt")
    parts.conversation = field("messages")
    parts.system = field("system")
    parts.inputs = ["input", "context"].compactMap(field)
    parts.history = field("history")
    parts.context = ["tools", "images"].compactMap(field)
    parts.answers = ["chosen", "rejected"].compactMap(field)
    return parts
  }

  /// The prompt's turns, and those of each answer, as `role:text`; nil for a missing answer.
  private static func read(_ row: String) throws -> (prompt: String, answers: [String?]) {
    let read = try ConversationRow(parts(row))
    func words(_ messages: [Message]) -> String {
      messages.map { message in
        let text = String(decoding: message.text, as: UTF8.self)
        return "\(message.role):\(text)\(message.callsTools ? "+call" : "")"
      }.joined(separator: " ")
    }
    return (words(read.messages), read.answers.map { $0.map { words($0.messages) } })
  }

  private static func turn(_ role: String, _ text: String) -> String {
    #"{"role": "\#(role)", "content": "\#(text)"}"#
  }

  /// A conversation by its letters; `C` is the call of a tool and `T` what it answers.
  private static func conversation(_ letters: String) -> String {
    let turns = letters.map { letter in
      switch letter {
      case "s", "t": turn("system", "\(letter)")
      case "u", "v", "w": turn("user", "\(letter)")
      case "T": turn("tool", "T")
      case "C": #"{"role": "assistant", "content": null, "tool_calls": [{"name": "f"}]}"#
      default: turn("assistant", "\(letter)")
      }
    }
    return "[\(turns.joined(separator: ", "))]"
  }

  /// How the conversations of a pair part.
  @Test(
    arguments: [
      // Only the last answer differs.
      ("ua", "ub", "user:u", "assistant:a", "assistant:b"),
      ("suavb", "suavc", "system:s user:u assistant:a user:v", "assistant:b", "assistant:c"),
      // They part before the last answer: at the first answer, or at a later turn of the user.
      (
        "uavb", "ucvd", "user:u", "assistant:a user:v assistant:b",
        "assistant:c user:v assistant:d"
      ),
      (
        "uavb", "uawb", "user:u", "assistant:a user:v assistant:b",
        "assistant:a user:w assistant:b"
      ),
      (
        "uavbwc", "uavdwc", "user:u assistant:a user:v", "assistant:b user:w assistant:c",
        "assistant:d user:w assistant:c"
      ),
      // One goes on longer.
      ("ua", "uavb", "user:u", "assistant:a", "assistant:a user:v assistant:b"),
      // The steps of an agent.
      (
        "uCTa", "uCTb", "user:u assistant:+call tool:T", "assistant:a", "assistant:b"
      ),
      ("uCTa", "ub", "user:u", "assistant:+call tool:T assistant:a", "assistant:b"),
      // The same twice; nothing is left out of either.
      ("ua", "ua", "user:u", "assistant:a", "assistant:a"),
      ("uab", "uac", "user:u", "assistant:a assistant:b", "assistant:a assistant:c"),
    ])
  func conversationsShareTheirPrompt(
    chosen: String, rejected: String, prompt: String, better: String, worse: String
  ) throws {
    let row = try Self.read(
      #"{"chosen": \#(Self.conversation(chosen)), "rejected": \#(Self.conversation(rejected))}"#)
    #expect(row.prompt == prompt)
    #expect(row.answers == [better, worse])
  }

  @Test(arguments: [("ua", "va"), ("sua", "tua"), ("sua", "ub"), ("ua", "sub")])
  func conversationsOfDifferentPromptsAreAFault(chosen: String, rejected: String) throws {
    let fault = try #require(throws: ReadingFault.self) {
      try Self.read(
        #"{"chosen": \#(Self.conversation(chosen)), "rejected": \#(Self.conversation(rejected))}"#)
    }
    #expect(fault.code == .differentPrompts && fault.field == "chosen")
  }

  /// A row's own prompt beside conversations that repeat it.
  @Test(arguments: [
    (#""u""#, "ua", "ub", "user:u"),
    (conversation("u"), "ua", "ub", "user:u"),
    // A system turn stands in one of them alone.
    (conversation("su"), "ua", "ub", "system:s user:u"),
    (#""u""#, "sua", "sub", "system:s user:u"),
    (conversation("u"), "sua", "sub", "system:s user:u"),
    // A text is mostly the first turn, sometimes the last.
    (#""u""#, "uavb", "uavc", "user:u assistant:a user:v"),
    (#""v""#, "uavb", "uavc", "user:u assistant:a user:v"),
    (#"" u\n""#, "ua", "ub", "user:u"),
    ("null", "ua", "ub", "user:u"),
  ])
  func aPromptThatConversationsRepeatIsThere(
    prompt: String, chosen: String, rejected: String, turns: String
  ) throws {
    let row = try Self.read(
      #"{"prompt": \#(prompt), "chosen": \#(Self.conversation(chosen)), "#
        + #""rejected": \#(Self.conversation(rejected))}"#)
    #expect(row.prompt == turns)
  }

  @Test(arguments: [#""x""#, conversation("v"), conversation("uav")])
  func aPromptOfOtherConversationsIsAFault(prompt: String) throws {
    let fault = try #require(throws: ReadingFault.self) {
      try Self.read(
        #"{"prompt": \#(prompt), "chosen": \#(Self.conversation("ua")), "#
          + #""rejected": \#(Self.conversation("ub"))}"#)
    }
    #expect(fault.code == .differentPrompts && fault.field == "prompt")
  }

  @Test(
    arguments: [
      // Answers in every form.
      (
        #"{"prompt": "u", "chosen": "a", "rejected": "b"}"#, "user:u",
        ["assistant:a", "assistant:b"]
      ),
      (
        #"{"prompt": "u", "chosen": \#(turn("assistant", "a")), "rejected": [\#(turn("gpt", "b"))]}"#,
        "user:u", ["assistant:a", "assistant:b"]
      ),
      (#"{"prompt": "u", "chosen": null, "rejected": "b"}"#, "user:u", [nil, "assistant:b"]),
      (
        #"{"prompt": "u", "chosen": "", "rejected": "b"}"#, "user:u", ["assistant:", "assistant:b"]
      ),
      (
        #"{"prompt": "u", "chosen": \#(conversation("CTa")), "rejected": "b"}"#, "user:u",
        ["assistant:+call tool:T assistant:a", "assistant:b"]
      ),
      // Only one of them is a whole conversation.
      (
        #"{"chosen": \#(conversation("uavb")), "rejected": "c"}"#,
        "user:u assistant:a user:v", ["assistant:b", "assistant:c"]
      ),
      (
        #"{"chosen": \#(conversation("uCTa")), "rejected": \#(conversation("CTb"))}"#,
        "user:u", ["assistant:+call tool:T assistant:a", "assistant:+call tool:T assistant:b"]
      ),
      // Dialogues of one string, where no prompt stands beside them; else they are texts.
      (
        #"{"chosen": "\n\nHuman: u\n\nAssistant: a", "rejected": "\n\nHuman: u\n\nAssistant: b"}"#,
        "user:u", ["assistant:a", "assistant:b"]
      ),
      (
        #"{"prompt": "u", "chosen": "Human: v\n\nAssistant: a", "rejected": "b"}"#,
        "user:u", ["assistant:Human: v\n\nAssistant: a", "assistant:b"]
      ),
      // The conversation with its answer, and the answer once more.
      (
        #"{"messages": \#(conversation("ua")), "chosen": "a"}"#, "user:u", ["assistant:a"]
      ),
      // The prompt in other places.
      (
        #"{"messages": \#(conversation("uav")), "chosen": "b"}"#, "user:u assistant:a user:v",
        ["assistant:b"]
      ),
      (
        #"{"prompt": null, "messages": \#(conversation("u")), "chosen": "b"}"#, "user:u",
        ["assistant:b"]
      ),
      (
        #"{"prompt": "u", "messages": \#(conversation("v")), "chosen": "b"}"#, "user:u",
        ["assistant:b"]
      ),
      // System messages beside it.
      (#"{"prompt": "u", "system": "s", "chosen": "a"}"#, "system:s user:u", ["assistant:a"]),
      (#"{"prompt": "u", "system": "", "chosen": "a"}"#, "user:u", ["assistant:a"]),
      (
        #"{"prompt": \#(conversation("tu")), "system": "s", "chosen": "a"}"#, "system:t user:u",
        ["assistant:a"]
      ),
      (
        #"{"prompt": [\#(turn("developer", "d")), \#(turn("user", "u"))], "system": "s", "chosen": "a"}"#,
        "developer:d user:u", ["assistant:a"]
      ),
      (
        #"{"system": "s", "chosen": \#(conversation("ua")), "rejected": \#(conversation("ub"))}"#,
        "system:s user:u", ["assistant:a", "assistant:b"]
      ),
      // Alpaca's input and history.
      (
        #"{"prompt": "u", "input": "i", "context": "c", "chosen": "a"}"#, "user:u\ni\nc",
        ["assistant:a"]
      ),
      (#"{"prompt": "u", "input": "", "context": null, "chosen": "a"}"#, "user:u", ["assistant:a"]),
      (
        #"{"prompt": "v", "history": [["u", "b"]], "system": "s", "chosen": "a"}"#,
        "system:s user:u assistant:b user:v", ["assistant:a"]
      ),
      (
        #"{"prompt": "v", "history": \#(conversation("ub")), "chosen": "a"}"#,
        "user:u assistant:b user:v", ["assistant:a"]
      ),
      (#"{"prompt": "v", "history": null, "chosen": "a"}"#, "user:v", ["assistant:a"]),
      (#"{"prompt": "v", "history": [], "chosen": "a"}"#, "user:v", ["assistant:a"]),
    ] as [(String, String, [String?])])
  func rowsAreUnderstood(row: String, prompt: String, answers: [String?]) throws {
    let read = try Self.read(row)
    #expect(read.prompt == prompt)
    #expect(read.answers == answers)
  }

  @Test(
    arguments: [
      (#"{"chosen": "a", "rejected": "b"}"#, .missingField, nil),
      (#"{"chosen": null, "rejected": null}"#, .missingField, nil),
      (
        #"{"chosen": \#(conversation("a")), "rejected": \#(conversation("b"))}"#, .missingField, nil
      ),
      (#"{"prompt": null, "chosen": "a"}"#, .wrongType, "prompt"),
      (#"{"prompt": true, "chosen": "a"}"#, .wrongType, "prompt"),
      (#"{"prompt": \#(conversation("s")), "chosen": "a"}"#, .noUser, "prompt"),
      (#"{"prompt": [], "chosen": "a"}"#, .noUser, "prompt"),
      (#"{"prompt": \#(conversation("ua")), "chosen": "b"}"#, .badConversation, "prompt"),
      (
        #"{"messages": \#(conversation("ua")), "chosen": "a", "rejected": "b"}"#, .badConversation,
        "messages"
      ),
      (#"{"prompt": "u", "chosen": 1}"#, .wrongType, "chosen"),
      (#"{"prompt": "u", "chosen": []}"#, .noAnswer, "chosen"),
      (#"{"prompt": "u", "chosen": \#(conversation("uav"))}"#, .noAnswer, "chosen"),
      (#"{"prompt": "u", "chosen": \#(turn("user", "a"))}"#, .noAnswer, "chosen"),
      (#"{"prompt": "u", "chosen": ["a"]}"#, .badConversation, "chosen"),
      (#"{"prompt": "u", "input": 1, "chosen": "a"}"#, .wrongType, "input"),
      (#"{"prompt": "u", "history": "v", "chosen": "a"}"#, .wrongType, "history"),
      (#"{"prompt": "u", "history": [["v"]], "chosen": "a"}"#, .badConversation, "history"),
      (#"{"prompt": "u", "history": [["v", null]], "chosen": "a"}"#, .badConversation, "history"),
    ] as [(String, FaultCode, String?)])
  func whatIsNoPromptAndAnswersIsAFault(
    row: String, code: FaultCode, field: String?
  ) throws {
    let fault = try #require(throws: ReadingFault.self) { try Self.read(row) }
    #expect(fault.code == code && fault.field == field, "\(fault.message)")
  }

  @Test func whatStandsBesideTheConversationIsKept() throws {
    let row = try ConversationRow(
      Self.parts(#"{"prompt": "u", "chosen": "a", "tools": [{"name": "f"}], "images": []}"#))
    #expect(row.context == [JSONValue.Member(name: "tools", value: try value(#"[{"name": "f"}]"#))])
  }

  /// A text alone is told from a message with more, also where the text is the same.
  @Test func answersWithMoreThanATextAreWhole() throws {
    let row = try ConversationRow(
      Self.parts(
        #"{"prompt": "u", "chosen": {"role": "assistant", "content": "a", "reasoning_content": "r"}, "#
          + #""rejected": {"role": "assistant", "content": "a", "reasoning_content": null}}"#))
    let thinking = Message(
      .assistant, .text(Array("a".utf8)),
      extras: [JSONValue.Member(name: "reasoning_content", value: .string("r"))])
    #expect(row.answers == [.messages([thinking]), .text(Array("a".utf8))])
  }
}
