import Foundation
import Testing

/// What messages hold reaches the dataset, in every profile and format.
@Suite struct MessageTests {
  /// Made-up files of every layout, read back with `datasets`; all profiles and formats of other
  /// files with DPO_PREP_MESSAGES, as in `100-199`.
  @Test(
    .enabled(
      if: Program.pythonHas("datasets"), "set DPO_PREP_PYTHON to a Python with datasets"))
  func nothingIsLost() throws {
    let seeds = ProcessInfo.processInfo.environment["DPO_PREP_MESSAGES"]
    let outcome = try Workspace().oracle(
      "messages.py",
      [Program.path] + (seeds.map { ["--seeds", $0] } ?? ["--few", "--count", "12"]))
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  private static let call =
    #"{"type": "function", "function": {"name": "f", "arguments": {"x": 1}}}"#

  /// - Returns: the rows of a dataset of one prompt with two texts for answers.
  private func rows(
    _ profile: String, _ messages: String, answers: String = #"["a", "b"]"#
  ) throws -> (rows: [String], errors: String) {
    let workspace = try Workspace()
    try workspace.write(
      #"{"prompt": [\#(messages)], "all_generated_responses": \#(answers), "#
        + #""all_rm_scores": [1, 2]}"#, to: "in.jsonl")
    let outcome = try workspace.dpoPrep([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
      "output.profiles=[\(profile)]", "output.compression=none",
    ])
    guard outcome.status == 0 else { return ([], outcome.errors) }
    return (try workspace.rows(of: "out").values.flatMap(\.self), outcome.errors)
  }

  @Test func callsOfAPromptStandBeforeAnswersThatAreTexts() throws {
    let found = try rows(
      "ms-swift",
      #"{"role": "user", "content": "q"}, {"role": "assistant", "tool_calls": [\#(Self.call)]}, "#
        + #"{"role": "tool", "content": "r"}"#)
    #expect(found.rows.first?.contains(#""role": "tool_call""#) == true, "\(found)")
  }

  @Test(arguments: [
    // No double holds the integer.
    (
      #""n": 9007199254740993, "m": {"n": 0.5}, "w": [0.5, 9007199254740993]"#,
      #""w": ["0.5", "9007199254740993"]"#
    ),
    (#""from": "x", "value": 3"#, #""from": "x", "value": 3"#),
    (#""n": [NaN, 1.5], "m": Infinity"#, #""n": "[null, 1.5]""#),
    (#""n": ["x", null]"#, #""n": "[\"x\", null]""#),
  ])
  func membersOfMessages(members: String, expected: String) throws {
    let found = try rows("trl", #"{"role": "user", "content": "q", \#(members)}"#)
    #expect(found.rows.first?.contains(expected) == true, "\(found)")
  }

  @Test(arguments: [
    (
      "llama-factory", #"{"role": "user", "content": [{"type": "text", "text": "q", "k": 1}]}"#,
      #"["a", "b"]"#, "content[].k"
    ),
    (
      "standard", #"{"role": "user", "content": [{"type": "text", "text": "q", "k": 1}]}"#,
      #"["a", "b"]"#, "content[].k"
    ),
    (
      "llama-factory",
      #"{"role": "system", "content": [{"type": "image"}]}, {"role": "user", "content": "q"}"#,
      #"["a", "b"]"#, "content[]"
    ),
    (
      "ms-swift", #"{"role": "user", "content": "q"}"#,
      #"["a", [{"role": "assistant", "content": [{"type": "image"}]}]]"#, "content[]"
    ),
    (
      "llama-factory", #"{"role": "user", "content": "q"}"#,
      #"["a", [{"role": "assistant", "tool_calls": [{"type": "custom", "function": {}}]}]]"#,
      "tool_calls[].type"
    ),
  ])
  func whatAProfileHasNoPlaceFor(
    profile: String, messages: String, answers: String, key: String
  ) throws {
    let found = try rows(profile, messages, answers: answers)
    #expect(found.errors.contains(#"the profile \#(profile) cannot carry "\#(key)""#), "\(found)")
  }

  /// Null stands in columns where a row has no such member.
  @Test func paddingOfColumnsIsNothing() throws {
    let found = try rows(
      "ms-swift",
      #"{"role": "user", "content": [{"type": "image", "text": null}, "#
        + #"{"type": "text", "text": "q", "image": null}]}, {"role": "assistant", "tool_calls": "#
        + #"[{"id": null, "type": "function", "function": {"name": "f", "arguments": "{}"}}]}, "#
        + #"{"role": "tool", "content": "r"}"#)
    #expect(found.rows.first?.contains(#""content": "<image>q""#) == true, "\(found)")
  }

  @Test func cardsNameEveryKey() throws {
    let workspace = try Workspace()
    try workspace.write(
      #"{"prompt": [{"role": "user", "content": "q", "": 1, "null": 2, "no": 3}], "#
        + #""all_generated_responses": ["a", "b"], "all_rm_scores": [1, 2]}"#, to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
      "output.profiles=[trl]",
    ])
    let card = try workspace.text(of: "out/README.md")
    for name in ["", "null", "no"] { #expect(card.contains("- name: \"\(name)\"\n")) }
  }

  /// What is only thought, and turns that are images, are not empty.
  @Test(arguments: [
    #"{"role": "user", "content": [{"type": "image"}]}"#,
    #"{"role": "user", "content": "q"}, "#
      + #"{"role": "assistant", "content": "", "reasoning_content": "r"}, "#
      + #"{"role": "user", "content": "s"}"#,
  ])
  func validateAgreesAboutWhatIsEmpty(messages: String) throws {
    let workspace = try Workspace()
    try workspace.write(
      #"{"prompt": [\#(messages)], "all_generated_responses": ["a", "b"], "#
        + #""all_rm_scores": [1, 2]}"#, to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
    ])
    let outcome = try workspace.dpoPrep(["validate", "-q", "--json", "out"])
    #expect(outcome.status == 0, "\(outcome.output)")
  }
}
