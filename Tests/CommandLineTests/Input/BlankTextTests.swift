import Testing

/// Answers and prompts that say nothing: they are dropped, each for its reason.
@Suite struct BlankTextTests {
  private func summary(
    of rows: [String], _ settings: [String] = []
  ) throws -> (summary: [String: Any], pairs: [WrittenPair]) {
    let workspace = try Workspace()
    try workspace.write(rows.joined(separator: "\n"), to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"], settings)
    guard outcome.status == 0 else { throw Unexpected(text: outcome.errors) }
    let summary = try JSON.object(outcome.output)
    #expect(JSON.value(summary, "ledger.balanced") as? Bool == true)
    return (summary, try workspace.pairs(in: "train"))
  }

  private static func row(_ prompt: String, _ answers: String...) -> String {
    let rewards = (1...answers.count).map(String.init).joined(separator: ", ")
    return
      #"{"prompt": \#(prompt), "all_generated_responses": [\#(answers.joined(separator: ", "))], "#
      + #""all_rm_scores": [\#(rewards)]}"#
  }

  @Test(arguments: [
    // White space of every kind that Python's `str.split` knows says nothing.
    ("1", ["empty_response": 4, "too_short": 1]), ("0", ["empty_response": 5]),
    ("2", ["empty_response": 2, "too_short": 3]),
  ])
  func blankAnswersAreDropped(minimum: String, dropped: [String: Int]) throws {
    let found = try summary(
      of: [
        Self.row(
          "\"p\"", "\"\"", #"" ""#, #"" \n\t\r ""#, #""\u3000""#, #""\u00a0\u2028""#, #""ok""#,
          #""yes""#)
      ], ["filters.min_chars=\(minimum)"])
    #expect(JSON.value(found.summary, "ledger.candidates.dropped") as? [String: Int] == dropped)
    #expect(found.pairs.map(\.description) == ["p: yes > ok"])
  }

  /// A call of a tool or an image is an answer without a word.
  @Test func callsOfToolsAreAnswers() throws {
    let call = #"{"role": "assistant", "content": null, "tool_calls": [{"id": "1"}]}"#
    let found = try summary(
      of: [
        Self.row(
          "\"p\"", call, #"{"role": "assistant", "content": null}"#,
          #"{"role": "assistant", "content": ""}"#,
          #"{"role": "assistant", "content": " ", "tool_calls": []}"#,
          #"{"role": "assistant", "content": []}"#, "\"words\"")
      ], ["output.profiles=[trl]"])
    #expect(
      JSON.value(found.summary, "ledger.candidates.dropped") as? [String: Int]
        == ["too_short": 3, "empty_response": 1])
    #expect(JSON.count(found.summary, "ledger.pairs") == 1)
  }

  @Test(arguments: [
    ("\"\"", true), (#"" \n""#, true), ("\"p\"", false),
    (#"[{"role": "user", "content": "\u3000"}]"#, true),
    (#"[{"role": "user", "content": []}]"#, true),
    (#"[{"role": "user", "content": null}]"#, true),
    (#"[{"role": "user", "content": [{"type": "text", "text": " "}]}]"#, true),
    // A turn on the way that says nothing spoils the conversation, a system message does not.
    (
      #"[{"role": "user", "content": "p"}, {"role": "assistant", "content": ""}, {"role": "user", "content": "q"}]"#,
      true
    ),
    (#"[{"role": "system", "content": ""}, {"role": "user", "content": "p"}]"#, false),
  ])
  func promptsThatSayNothingAreDropped(prompt: String, isDropped: Bool) throws {
    let found = try summary(
      of: [Self.row(prompt, "\"a\"", "\"b\"", "null"), Self.row("\"other\"", "\"c\"", "\"d\"")])
    #expect(JSON.count(found.summary, "ledger.prompts.read") == 2)
    #expect(
      (JSON.value(found.summary, "ledger.prompts.dropped") as? [String: Int] ?? [:])
        == (isDropped ? ["empty_prompt": 1] : [:]))
    #expect(
      JSON.value(found.summary, "ledger.candidates.dropped") as? [String: Int]
        == (isDropped ? ["empty_prompt": 2, "missing_response": 1] : ["missing_response": 1]))
    #expect(found.pairs.count == (isDropped ? 1 : 2))
  }
}
