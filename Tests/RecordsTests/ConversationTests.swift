import Testing

@testable import Records

@Suite struct ConversationTests {
  private static func turn(_ role: Message.Role, _ text: String) -> Message {
    Message(role, text: Array(text.utf8))
  }

  @Test func thePromptTextIsTheFirstUserTurn() {
    let turns = [
      Self.turn(.system, "s"), Self.turn(.user, "first"), Self.turn(.assistant, "a"),
      Self.turn(.user, "second"),
    ]
    #expect(Prompt(id: [], messages: turns).text == Array("first".utf8))
    #expect(Prompt(id: [], messages: [turns[0]]).text.isEmpty)
    #expect(Prompt(id: [], messages: []).text.isEmpty)
  }

  @Test func textsCompareAsBytes() {
    // é as one code point and as two: equal as Strings, different prompts.
    #expect("\u{E9}" == "e\u{301}")
    #expect(Self.turn(.user, "\u{E9}") != Self.turn(.user, "e\u{301}"))
    #expect(Self.turn(.user, "x") != Self.turn(.system, "x"))
  }
}
