import Foundation
import Testing

/// Which split a prompt belongs to: as a field of the input says, or by a draw.
@Suite struct SplitTests {
  private static func row(_ prompt: String, _ more: String) -> String {
    #"{"prompt": \#(prompt), "all_generated_responses": ["a", "b"], "all_rm_scores": [2, 1], "#
      + "\(more)}\n"
  }

  private static func prompts(_ workspace: Workspace) throws -> [[String]] {
    try ["train", "test"].map { try workspace.pairs(in: $0).map(\.prompt) }
  }

  // MARK: A field

  @Test func aFieldTellsTheSplit() throws {
    let workspace = try Workspace()
    let names = [
      "train", "test", "TRAIN", "Test", "train_prefs", "test_prefs", "training", "validation",
      "valid", "val", "dev", "eval", "holdout", "train_sft",
    ]
    try workspace.write(
      names.enumerated().map { Self.row("\"\($0.offset)\"", #""split": "\#($0.element)""#) }
        .joined(),
      to: "rows.jsonl")
    let pairs = try workspace.pairs(of: ["rows.jsonl"], ["split.field=split"])
    #expect(pairs.count == names.count)
    #expect(
      try Self.prompts(workspace) == [
        ["0", "2", "4", "6", "13"], ["1", "3", "5", "7", "8", "9", "10", "11", "12"],
      ])
  }

  @Test func theFieldMayStandInsideAnother() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.row("\"p\"", #""meta": {"split": "train"}"#)
        + Self.row("\"q\"", #""meta": {"split": "test"}"#), to: "rows.jsonl")
    _ = try workspace.pairs(of: ["rows.jsonl"], ["split.field=meta.split"])
    #expect(try Self.prompts(workspace) == [["p"], ["q"]])
  }

  /// Under one id, under two, and with one answer a row.
  @Test func aPromptInBothSplitsIsDropped() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.row("\"p\"", #""prompt_id": 1, "split": "train""#)
        + Self.row("\"q\"", #""prompt_id": 2, "split": "test""#)
        + Self.row("\"p\"", #""prompt_id": 3, "split": "test""#)
        + Self.row("\"p\"", #""prompt_id": 4, "split": "train""#)
        + Self.row("\"r\"", #""split": "test""#) + Self.row("\"r\"", #""split": "train""#)
        + Self.row("\"s\"", #""split": "train""#) + Self.row("\"s\"", #""split": "train_2""#),
      to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"], ["split.field=split"])
    #expect(outcome.status == 0)
    let summary = try JSON.object(outcome.output)
    #expect(JSON.count(summary, "ledger.prompts.read") == 6)
    #expect(
      JSON.value(summary, "ledger.prompts.dropped") as? [String: Int] == ["in_both_splits": 4])
    // Three times two answers to p and twice two to r; those to s are the same ones twice.
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["in_both_splits": 10, "duplicate_response": 2])
    #expect(JSON.value(summary, "ledger.balanced") as? Bool == true)
    #expect(try Self.prompts(workspace) == [["s"], ["q"]])
  }

  @Test(arguments: [
    (
      #""split": "fold-3""#, 74,
      #"expected the name of a split for "split", such as train or test, found "fold-3""#
    ),
    (#""split": 1"#, 74, #"expected the name of a split... for "split", found a number"#),
    (#""split": null"#, 74, #"expected the name of a split... for "split", found null"#),
    (#""other": "train""#, 1, #"no field "split""#),
  ])
  func whatNamesNoSplitIsMalformed(field: String, column: Int, message: String) throws {
    let workspace = try Workspace()
    let bad = Self.row("\"q\"", field)
    try workspace.write(Self.row("\"p\"", #""split": "train""#) + bad, to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"], ["split.field=split"])
    #expect(outcome.status == 65)
    let place = column == 1 ? 1 : (bad.range(of: field)?.lowerBound.utf16Offset(in: bad) ?? 0) + 10
    #expect(outcome.errors.hasPrefix("rows.jsonl:2:\(place): error: "), "\(outcome.errors)")
    for part in message.components(separatedBy: "...") {
      #expect(outcome.errors.contains(part), "\(outcome.errors)")
    }
    let skipped = try workspace.run(["rows.jsonl"], ["split.field=split", "input.on_error=skip"])
    #expect(skipped.status == 0)
    #expect(try Self.prompts(workspace) == [["p"], []])
  }

  @Test func aFieldAndADrawContradictEachOther() throws {
    let workspace = try Workspace()
    try workspace.write(Self.row("\"p\"", #""split": "train""#), to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"], ["split.field=split", "split.test=0.1"])
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("split.test") && outcome.errors.contains("split.field"))
  }

  // MARK: A draw

  /// Worked out in Python: the first 8 bytes of SHA-256("dpo-prep:" + SHA-256(prompt) in
  /// hexadecimal), big endian, divided by 2^64, are below 0.5 for q1, q3, q5 and q9 of q0 to q11.
  private static let testPrompts = ["q1", "q3", "q5", "q9"]
  private static let trainPrompts = ["q0", "q2", "q4", "q6", "q7", "q8", "q10", "q11"]

  @Test func theDrawGoesByTheTextOfThePrompt() throws {
    let workspace = try Workspace()
    try workspace.write(
      (0..<12).map { Self.row("\"q\($0)\"", #""n": 0"#) }.joined(), to: "rows.jsonl")
    _ = try workspace.pairs(of: ["rows.jsonl"], ["split.test=0.5"])
    #expect(try Self.prompts(workspace) == [Self.trainPrompts, Self.testPrompts])
  }

  /// One prompt under several ids is on one side, and so are conversations that begin alike.
  @Test func whateverElseTellsPromptsApartTheFirstUserTurnDecides() throws {
    let workspace = try Workspace()
    let rows = (0..<12).flatMap { number in
      let user = #"{"role": "user", "content": "q\#(number)"}"#
      let system = #"{"role": "system", "content": "s"}"#
      let more = #"{"role": "assistant", "content": "a"}, {"role": "user", "content": "more"}"#
      return [
        Self.row("\"q\(number)\"", #""prompt_id": "x\#(number)""#),
        Self.row("\"q\(number)\"", #""prompt_id": \#(number)"#),
        Self.row("\"q\(number)\"", #""system": "s""#),
        Self.row("[\(user), \(more)]", #""n": 0"#),
        Self.row("[\(system), \(user), \(more)]", #""prompt_id": "y\#(number)""#),
      ]
    }
    try workspace.write(rows.joined(), to: "rows.jsonl")
    let pairs = try workspace.pairs(of: ["rows.jsonl"], ["split.test=0.5"])
    #expect(pairs.count == 60)
    let five = [Self.trainPrompts, Self.testPrompts].map { names in
      names.flatMap { Array(repeating: $0, count: 5) }
    }
    #expect(try Self.prompts(workspace) == five)
  }
}
