import JSON
import Records
import Rows
import Testing

@testable import Audit

@Suite struct RowCheckerTests {
  private static func codes(_ row: String, _ profile: Profile) throws -> Set<String> {
    let value = try #require(JSONValue(document: Array(row.utf8)))
    let reader = profile == .kto ? nil : PairRowReader(like: value)
    let pair = Result { () throws(ReadingFault) in try reader?.read(value) }
    return Set(RowChecker(profile: profile).faults(in: value, pair).map(\.code.rawValue))
  }

  private static func message(_ role: String, _ text: String) -> String {
    #"{"content": "\#(text)", "role": "\#(role)"}"#
  }

  private static func messages(_ turns: (String, String)...) -> String {
    "[" + turns.map(message).joined(separator: ", ") + "]"
  }

  private static func row(_ fields: (String, String)...) -> String {
    "{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
  }

  private static let question = ("user", "q")
  private static let answers = (
    messages(question, ("assistant", "a")), messages(question, ("assistant", "b"))
  )

  @Test(arguments: Profile.allCases)
  func whatTheTrainerReadsIsNoFault(format: Profile) throws {
    let prompt = Self.messages(Self.question)
    let answer = (Self.messages(("assistant", "a")), Self.messages(("assistant", "b")))
    let one = (Self.message("assistant", "a"), Self.message("assistant", "b"))
    let row =
      switch format {
      case .alignmentHandbook, .h4, .trlImplicit, .openRLHF:
        Self.row(("chosen", Self.answers.0), ("rejected", Self.answers.1))
      case .trl: Self.row(("prompt", prompt), ("chosen", answer.0), ("rejected", answer.1))
      case .standard: Self.row(("prompt", "\"q\""), ("chosen", "\"a\""), ("rejected", "\"b\""))
      case .kto: Self.row(("prompt", prompt), ("completion", answer.0), ("label", "true"))
      case .llamaFactory:
        Self.row(
          ("conversations", #"[{"from": "human", "value": "q"}]"#),
          ("chosen", #"{"from": "gpt", "value": "a"}"#),
          ("rejected", #"{"from": "gpt", "value": "b"}"#))
      case .axolotl: Self.row(("messages", prompt), ("chosen", one.0), ("rejected", one.1))
      case .msSwift: Self.row(("messages", Self.answers.0), ("rejected_response", "\"b\""))
      }
    #expect(try Self.codes(row, format) == [])
    #expect(
      try Self.codes("{}", format) == ["missing_column"], "a row without columns is no such row")
  }

  @Test func aStringPromptBesideConversationsIsFound() throws {
    let row = Self.row(
      ("prompt", "\"q\""), ("chosen", Self.answers.0), ("rejected", Self.answers.1))
    for format in [Profile.trl, .trlImplicit, .alignmentHandbook, .h4] {
      #expect(try Self.codes(row, format) == ["string_prompt_beside_conversations"])
    }
  }

  @Test func aListPromptBesideWholeConversationsRepeatsTheTurn() throws {
    let row = Self.row(
      ("prompt", Self.messages(Self.question)), ("chosen", Self.answers.0),
      ("rejected", Self.answers.1))
    #expect(try Self.codes(row, .trl) == ["repeated_user_turn"])
    let twice = Self.messages(Self.question, Self.question, ("assistant", "a"))
    let other = Self.messages(Self.question, Self.question, ("assistant", "b"))
    #expect(
      try Self.codes(Self.row(("chosen", twice), ("rejected", other)), .trlImplicit)
        == ["repeated_user_turn"])
  }

  @Test(
    arguments: [
      ("different_prompts", messages(("user", "other"), ("assistant", "b"))),
      ("different_prompts", messages(("assistant", "b"))),
      ("identical_answers", messages(("user", "q"), ("assistant", "a"))),
      ("empty_turn", messages(("user", "q"), ("assistant", " \\n"))),
      ("no_answer", #"[{"role": "user", "content": "q"}, {"role": "user", "content": "b"}]"#),
      ("missing_role", #"[{"role": "user", "content": "q"}, {"content": "b"}]"#),
      ("missing_role", #"[{"role": "user", "content": "q"}, {"role": "bot", "content": "b"}]"#),
      ("template_residue", messages(("user", "q"), ("assistant", "b<|eot_id|>"))),
      ("template_residue", messages(("user", "q"), ("assistant", "x [/INST] b"))),
      ("wrong_type", "5"), ("wrong_type", #"["b"]"#), ("missing_column", "null"),
    ])
  func faultsOfAnAnswerAreFound(code: String, rejected: String) throws {
    let row = Self.row(("chosen", Self.answers.0), ("rejected", rejected))
    #expect(try Self.codes(row, .trlImplicit).contains(code))
  }

  @Test func numbersThatAreNoneAreFound() throws {
    for number in ["NaN", "Infinity", "-Infinity", "1e999"] {
      let row = Self.row(
        ("chosen", Self.answers.0), ("rejected", Self.answers.1), ("score_chosen", number))
      #expect(try Self.codes(row, .trlImplicit) == ["not_finite"], "\(number)")
    }
  }
}
