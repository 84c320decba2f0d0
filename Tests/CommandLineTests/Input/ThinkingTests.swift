import Testing

/// What the thinking of an answer counts for (`input.thinking`).
@Suite struct ThinkingTests {
  /// 36 code points, of which 4 follow the thinking.
  private static let thoughtful = "<think>long and winding</think>\\nfast"
  private static let plain = "slowly"

  private static func row(_ answers: [String]) -> String {
    let list = answers.map { $0.hasPrefix("{") ? $0 : "\"\($0)\"" }.joined(separator: ", ")
    let rewards = (0..<answers.count).map { "\(answers.count - $0)" }.joined(separator: ", ")
    return
      #"{"prompt": "p", "all_generated_responses": [\#(list)], "all_rm_scores": [\#(rewards)]}"#
  }

  @Test(arguments: [("null", 36), ("include", 36), ("exclude", 4)])
  func thinkingIsMeasuredAsAskedAndAlwaysWritten(policy: String, length: Int) throws {
    let workspace = try Workspace()
    try workspace.write(Self.row([Self.thoughtful, Self.plain]), to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"], ["input.thinking=\(policy)"])
    #expect(outcome.status == 0)
    let pairs = try workspace.pairs(in: "train")
    #expect(pairs.map(\.lengths) == [[length, 6]])
    #expect(pairs.map(\.chosen) == ["<think>long and winding</think>\nfast"])
  }

  @Test func answersThatHoldThinkingAreWorthANote() throws {
    let workspace = try Workspace()
    try workspace.write(Self.row([Self.thoughtful, Self.plain]), to: "rows.jsonl")
    func errors(_ policy: String) throws -> String {
      try workspace.succeed([
        "run", "prep.yaml", "input.paths=[rows.jsonl]", "calibration.method=none",
        "output.overwrite=true", "input.thinking=\(policy)",
      ]).errors
    }
    let note = "note: 1 of 2 answers holds thinking, which is measured with the rest"
    #expect(try errors("null").contains(note))
    #expect(try !errors("include").contains("thinking,"))
    #expect(try !errors("exclude").contains("thinking,"))
  }

  /// By what follows the thinking: nothing is too short, white space too, 4 is not too long.
  @Test func filtersSeeWhatIsMeasured() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.row([
        Self.thoughtful, Self.plain, "<think>never ends", "<think>over</think>",
        "<think>over</think> \\n ", "<think>a</think>b</think>ok", "Say <think> to think",
        " \\n<think>x</think>y",
      ]), to: "rows.jsonl")
    let outcome = try workspace.run(
      ["rows.jsonl"],
      ["input.thinking=exclude", "filters.max_chars=6", "pairs.strategy=max_min"])
    #expect(outcome.status == 0)
    let summary = try JSON.object(outcome.output)
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["too_short": 3, "too_long": 1])
    let pairs = try workspace.pairs(in: "train")
    #expect(pairs.map(\.rejected) == [" \n<think>x</think>y"])
    #expect(pairs.map(\.lengths) == [[4, 1]])
  }

  /// Answers with the same conclusion are different answers.
  @Test func duplicatesAreToldByAllOfTheAnswer() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.row(["<think>a</think>c", "<think>b</think>c", "<think>a</think>c"]), to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"], ["input.thinking=exclude"])
    let summary = try JSON.object(outcome.output)
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["duplicate_response": 1])
    #expect(
      try workspace.pairs(in: "train").map(\.description)
        == ["p: <think>a</think>c > <think>b</think>c"])
  }

  /// Thinking that stands beside the text: 4 and 2 code points, with a blank line between.
  @Test(arguments: [("include", 8), ("exclude", 2)])
  func thinkingBesideTheContentCountsAsWell(policy: String, length: Int) throws {
    let workspace = try Workspace()
    let message = #"{"role": "assistant", "content": "ok", "reasoning_content": "Hmm."}"#
    try workspace.write(Self.row([message, Self.plain]), to: "rows.jsonl")
    let pairs = try workspace.pairs(
      of: ["rows.jsonl"], ["input.thinking=\(policy)", "output.profiles=[alignment-handbook]"])
    #expect(pairs.map(\.chosen) == ["ok"] && pairs.map(\.lengths) == [[length, 6]])
    #expect(try workspace.rows(of: "out")["train"]?[0].contains("Hmm.") == true)
  }
}
