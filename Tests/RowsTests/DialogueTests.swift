import Records
import Testing

@testable import Rows

/// Dialogues of one string, in the form of hh-rlhf.
@Suite struct DialogueTests {
  private static func turns(_ text: String) -> [String]? {
    Dialogue.messages(Array(text.utf8))?.map {
      "\($0.role): \(String(decoding: $0.text, as: UTF8.self))"
    }
  }

  @Test(arguments: [
    ("\n\nHuman: a\n\nAssistant: b", ["user: a", "assistant: b"]),
    ("Human: a\n\nAssistant: b", ["user: a", "assistant: b"]),
    ("\n\nHuman:a\n\nAssistant:b", ["user: a", "assistant: b"]),
    (
      "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d",
      ["user: a", "assistant: b", "user: c", "assistant: d"]
    ),
    // White space around a turn is no part of it, that inside is.
    (
      "\n\nHuman: \t a \n\n b \n\nAssistant:\n\n- c\n- d\n",
      ["user: a \n\n b", "assistant: - c\n- d"]
    ),
    ("\n\nHuman: a\n\n\n\nAssistant: b", ["user: a", "assistant: b"]),
    // The names inside a line, or behind one line break, are words like others.
    (
      "\n\nHuman: Is Human: a mark?\nAssistant: no\n\nAssistant: b Human: c",
      ["user: Is Human: a mark?\nAssistant: no", "assistant: b Human: c"]
    ),
    ("\n\nHuman: a\n\nAssistant:", ["user: a", "assistant: "]),
    ("\n\nHuman: \u{E9}\n\nAssistant: \u{1F600}", ["user: \u{E9}", "assistant: \u{1F600}"]),
    (
      "\n\nHuman: a\n\nHuman: b\n\nAssistant: c", ["user: a", "user: b", "assistant: c"]
    ),
  ])
  func dialoguesAreRead(text: String, turns: [String]) {
    #expect(Self.turns(text) == turns)
  }

  @Test(arguments: [
    "", "\n\n", "Human", "Human: a", "\n\nHuman: a", "\n\nAssistant: a\n\nHuman: b",
    "Assistant: a", "So: \n\nHuman: a\n\nAssistant: b", "\n\nhuman: a\n\nassistant: b",
    "\nHuman: a\n\nAssistant: b",
  ])
  func anythingElseIsAText(text: String) {
    #expect(Self.turns(text) == nil)
  }

  /// Prompts end where the assistant is to answer, its mark mostly included.
  @Test(
    arguments: [
      ("\n\nHuman: a\n\nAssistant: ", ["user: a"]), ("Human: a\n\nAssistant:", ["user: a"]),
      (
        "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:",
        ["user: a", "assistant: b", "user: c"]
      ),
      (
        "\n\nHuman: a\n\nAssistant: b\n\nHuman: c", ["user: a", "assistant: b", "user: c"]
      ),
      // An answer that has begun leaves nothing to answer; the text stays as it is.
      ("\n\nHuman: a\n\nAssistant: b", nil), ("\n\nHuman: a", nil), ("a", nil), ("", nil),
    ] as [(String, [String]?)])
  func promptsAreDialoguesUpToTheAnswer(text: String, turns: [String]?) {
    let read = Dialogue.prompt(Array(text.utf8))?.map {
      "\($0.role): \(String(decoding: $0.text, as: UTF8.self))"
    }
    #expect(read == turns)
  }
}
