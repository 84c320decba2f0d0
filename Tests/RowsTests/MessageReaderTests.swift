import JSON
import Records
import Testing

@testable import Rows

@Suite struct MessageReaderTests {
  private static func read(_ text: String) throws -> JSONValue {
    .list(try MessageReader(field: "m").messages(value(text)).map(\.value))
  }

  @Test(arguments: [
    ("system", "system"), ("developer", "developer"), ("user", "user"), ("human", "user"),
    ("assistant", "assistant"), ("gpt", "assistant"), ("tool", "tool"), ("tool_response", "tool"),
    ("observation", "tool"),
  ])
  func everyVocabularyOfRolesIsRead(name: String, role: String) throws {
    let message = try value(#"[{"role": "\#(role)", "content": "a"}]"#)
    #expect(try Self.read(#"[{"role": "\#(name)", "content": "a"}]"#) == message)
    #expect(try Self.read(#"[{"value": "a", "from": "\#(name)"}]"#) == message)
    // One message needs no list.
    #expect(try Self.read(#"{"content": "a", "role": "\#(name)"}"#) == message)
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let messages: String
    let read: String

    init(_ what: String, _ messages: String, as read: String) {
      (testDescription, self.messages, self.read) = (what, messages, read)
    }
  }

  static let examples = [
    Example("no messages", "[]", as: "[]"),
    Example(
      "other members stay, in their order and with all digits",
      """
      [{"weight": 0, "role": "assistant", "content": "a", "name": "x", "n": 1e2, "flag": false,
        "big": 123456789012345678901234567890}]
      """,
      as: """
        [{"role": "assistant", "content": "a", "weight": 0, "name": "x", "n": 1e2, "flag": false,
          "big": 123456789012345678901234567890}]
        """),
    Example(
      "members that are null are not there",
      #"[{"role": "user", "content": "a", "tool_calls": null, "name": null}]"#,
      as: #"[{"role": "user", "content": "a"}]"#),
    Example(
      "no content beside the calls of tools",
      #"[{"role": "assistant", "content": null, "tool_calls": [{"id": "1"}]}]"#,
      as: #"[{"role": "assistant", "tool_calls": [{"id": "1"}]}]"#),
    Example(
      "content that is absent beside the calls of tools",
      #"[{"role": "assistant", "tool_calls": [{"id": "1"}]}, {"role": "tool", "content": "b"}]"#,
      as: #"[{"role": "assistant", "tool_calls": [{"id": "1"}]}, {"role": "tool", "content": "b"}]"#
    ),
    Example(
      "the older call of a function",
      #"[{"role": "assistant", "function_call": {"name": "f", "arguments": "{}"}}]"#,
      as: #"[{"role": "assistant", "function_call": {"name": "f", "arguments": "{}"}}]"#),
    Example(
      "parts of a content",
      """
      [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "a"}, "b",
        {"type": "image_url", "image_url": {"url": "c.png"}}]}]
      """,
      as: """
        [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "a"},
          {"type": "text", "text": "b"}, {"type": "image_url", "image_url": {"url": "c.png"}}]}]
        """),
    Example(
      "parts that keep their text in value",
      #"[{"role": "user", "content": [{"type": "text", "value": "a"}, {"type": "image", "value": "b"}]}]"#,
      as:
        #"[{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "image", "value": "b"}]}]"#
    ),
    Example(
      "a call of a tool as text",
      #"[{"role": "tool_call", "content": "{\"name\": \"f\", \"arguments\": {\"x\": 1}}"}]"#,
      as: """
        [{"role": "assistant", "tool_calls": [
          {"type": "function", "function": {"name": "f", "arguments": {"x": 1}}}]}]
        """),
    Example(
      "several calls in one text, as ShareGPT has them",
      #"[{"from": "function_call", "value": "[{\"name\": \"f\"}, {\"name\": \"g\"}]"}]"#,
      as: """
        [{"role": "assistant", "tool_calls": [
          {"type": "function", "function": {"name": "f"}},
          {"type": "function", "function": {"name": "g"}}]}]
        """),
    Example(
      "calls one after the other, behind a text, are one turn",
      """
      [{"role": "assistant", "content": "a"}, {"role": "tool_call", "content": "{\\"name\\": \\"f\\"}"},
       {"role": "tool_call", "content": "{\\"name\\": \\"g\\"}"},
       {"role": "tool_response", "content": "b"}]
      """,
      as: """
        [{"role": "assistant", "content": "a", "tool_calls": [
           {"type": "function", "function": {"name": "f"}},
           {"type": "function", "function": {"name": "g"}}]},
         {"role": "tool", "content": "b"}]
        """),
    Example(
      "a call behind what a tool answered is a turn of its own",
      """
      [{"role": "tool_call", "content": "{}"}, {"role": "observation", "content": "a"},
       {"role": "tool_call", "content": "{}"}]
      """,
      as: """
        [{"role": "assistant", "tool_calls": [{"type": "function", "function": {}}]},
         {"role": "tool", "content": "a"},
         {"role": "assistant", "tool_calls": [{"type": "function", "function": {}}]}]
        """),
    Example(
      "texts of the assistant one after the other stay apart",
      #"[{"role": "assistant", "content": "a"}, {"from": "gpt", "value": "b"}]"#,
      as: #"[{"role": "assistant", "content": "a"}, {"role": "assistant", "content": "b"}]"#),
  ]

  @Test(arguments: examples) func messagesAreReadWhole(example: Example) throws {
    #expect(try Self.read(example.messages) == value(example.read))
  }

  @Test(
    arguments: [
      ("5", .badConversation, "\"m\" has a message that is not an object: a number"),
      (#"["a"]"#, .badConversation, "\"m\" has a message that is not an object: a string"),
      (#"[null]"#, .badConversation, "\"m\" has a message that is not an object: null"),
      (#"[{"role": "user"}]"#, .badConversation, "\"m\" has a message without \"content\""),
      (
        #"[{"role": "user", "text": "a"}]"#, .badConversation,
        "\"m\" has a message without \"content\""
      ),
      (
        #"[{"role": "assistant", "tool_calls": null}]"#, .badConversation,
        "\"m\" has a message without \"content\""
      ),
      (#"[{"content": "a"}]"#, .unknownRole, "\"m\" has a message without \"role\""),
      (
        #"[{"role": "bot", "content": "a"}]"#, .unknownRole,
        "\"m\" has a message with the unknown role \"bot\""
      ),
      (
        #"[{"role": "User", "content": "a"}]"#, .unknownRole,
        "\"m\" has a message with the unknown role \"User\""
      ),
      (
        #"[{"role": 1, "content": "a"}]"#, .unknownRole,
        "\"m\" has a message with the unknown role 1"
      ),
      (
        #"[{"role": "user", "content": 1}]"#, .badConversation,
        "\"m\" has a message whose \"content\" is a number, not text or parts"
      ),
      (
        #"[{"role": "user", "content": {"text": "a"}}]"#, .badConversation,
        "\"m\" has a message whose \"content\" is an object, not text or parts"
      ),
      (
        #"[{"role": "user", "content": ["a", 1]}]"#, .badConversation,
        "\"m\" has a content with a part that is neither a text nor an object"
      ),
      (
        #"[{"role": "tool_call", "content": "f(x)"}]"#, .badConversation,
        "\"m\" has the call of a tool that is not JSON text"
      ),
      (
        #"[{"role": "tool_call", "content": null}]"#, .badConversation,
        "\"m\" has the call of a tool that is not JSON text"
      ),
    ] as [(String, FaultCode, String)])
  func whatIsNoMessageIsAFault(
    messages: String, code: FaultCode, message: String
  ) throws {
    let fault = try #require(throws: ReadingFault.self) { try Self.read(messages) }
    #expect(fault.code == code && fault.field == "m")
    #expect(fault.message == message)
  }
}
