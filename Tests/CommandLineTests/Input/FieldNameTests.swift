import Testing

/// Where the configuration says that the parts of rows are (`input.fields`).
@Suite struct FieldNameTests {
  private static func write(_ rows: String..., in workspace: Workspace) throws {
    try workspace.write(rows.joined(separator: "\n") + "\n", to: "rows.jsonl")
  }

  // MARK: Names with dots

  @Test(arguments: [
    // A name with dots, a path, and both.
    (#""rm.v0.1": %"#, "rm.v0.1"), (#""scores": {"rm": %}"#, "scores.rm"),
    (#""scores": {"gpt-4.1": %}"#, "scores.gpt-4.1"),
    (#""meta.x": {"scores": {"a.b": %}}"#, "meta.x.scores.a.b"),
    // The name wins over the same text read as a path.
    (#""rm": {"v1": 99}, "rm.v1": %"#, "rm.v1"), (#""rm.v1": %, "rm": {"v1": 99}"#, "rm.v1"),
  ])
  func namesMayHoldDots(field: String, path: String) throws {
    let workspace = try Workspace()
    func row(_ text: String, _ reward: String) -> String {
      #"{"prompt": "p", "response": "\#(text)", \#(field.replacing("%", with: reward))}"#
    }
    try Self.write(row("a", "1"), row("b", "2"), in: workspace)
    let pairs = try workspace.pairs(of: ["rows.jsonl"], ["input.fields.reward=\(path)"])
    #expect(pairs.map(\.description) == ["p: b > a"] && pairs.map(\.scores) == [[2, 1]])
  }

  @Test func promptsAndIDsMayStandUnderNamesWithDots() throws {
    let workspace = try Workspace()
    try Self.write(
      #"{"x.prompt": "p", "row.id": 7, "response": "a", "reward": 1}"#,
      #"{"x.prompt": "p", "row.id": 7, "response": "b", "reward": 2}"#, in: workspace)
    let pairs = try workspace.pairs(
      of: ["rows.jsonl"], ["input.fields.prompt=x.prompt", "input.fields.prompt_id=row.id"])
    #expect(pairs.map(\.description) == ["p: b > a"] && pairs.map(\.id) == ["7"])
  }

  /// Whatever a setting names, also where the first rows lack it.
  @Test func namesWithDotsAreFoundForEverySetting() throws {
    let workspace = try Workspace()
    let more = #""row.tag": "t", "my.split": "test", "n.tokens": %, "lm.name": "m%""#
    func row(_ text: String, _ number: String) -> String {
      #"{"prompt": "q", "response": "\#(text)", "reward": \#(number), "#
        + more.replacing("%", with: number) + "}"
    }
    let first = #"{"prompt": "p", "response": "z", "reward": 0, "row": {}, "lm": null, "#
    try Self.write(
      first + #""my.split": "train", "n.tokens": 9}"#, row("a", "3"), row("b", "7"), in: workspace)
    _ = try workspace.pairs(
      of: ["rows.jsonl"],
      [
        "output.keep=[row.tag, model]", "split.field=my.split", "input.fields.model=lm.name",
        "calibration.characteristics=[\"field:n.tokens\"]",
      ])
    let rows = try workspace.rows(of: "out")
    #expect((rows["train"] ?? []).isEmpty && rows["test"]?.count == 1)
    let pair = try JSON.object(rows["test"]?.first ?? "")
    #expect(pair.values.contains { $0 as? String == "t" })
    #expect(pair["chosen_model"] as? String == "m7" && pair["rejected_model"] as? String == "m3")
    #expect(pair["length_chosen"] as? Int == 7 && pair["length_rejected"] as? Int == 3)
  }

  @Test(
    .enabled(if: Program.pythonHas("pyarrow"), "set DPO_PREP_PYTHON to a Python with pyarrow"))
  func parquetColumnsMayHaveNamesWithDotsToo() throws {
    let workspace = try Workspace()
    let script = """
      import pyarrow, pyarrow.parquet
      rows = [{"prompt": "p", "response": text, "scores": {"gpt-4.1": one}, "rm.v1": other}
              for text, one, other in (("a", 1.0, 4.0), ("b", 2.0, 3.0))]
      pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), "rows.parquet")
      """
    #expect(try workspace.python(["-c", script]).status == 0)
    for (path, pair) in [("scores.gpt-4.1", "p: b > a"), ("rm.v1", "p: a > b")] {
      let pairs = try workspace.pairs(of: ["rows.parquet"], ["input.fields.reward=\(path)"])
      #expect(pairs.map(\.description) == [pair])
    }
  }

  // MARK: Answers in columns

  @Test(arguments: [
    (
      #"{"prompt": "p", "gpt": "a", "llama": "b", "qwen": "c", "r1": 2, "r2": 3, "r3": 1}"#,
      "[gpt, llama, qwen]", "[r1, r2, r3]"
    ),
    (
      #"{"prompt": "p", "answers": {"gpt-4.1": {"text": "a", "rm": 2}, "llama": {"text": "b", "rm": 3}, "qwen2.5": {"text": "c", "rm": 1}}}"#,
      "[answers.gpt-4.1.text, answers.llama.text, answers.qwen2.5.text]",
      "[answers.gpt-4.1.rm, answers.llama.rm, answers.qwen2.5.rm]"
    ),
    (
      #"{"prompt": "p", "x": {"role": "assistant", "content": "a"}, "y": [{"from": "gpt", "value": "b"}], "z": "c", "s": {"x": [2], "y": "3", "z": {"score": 1}}}"#,
      "[x, y, z]", "[s.x, s.y, s.z]"
    ),
  ])
  func answersMayStandInColumns(row: String, responses: String, rewards: String) throws {
    let workspace = try Workspace()
    try Self.write(row, in: workspace)
    let pairs = try workspace.pairs(
      of: ["rows.jsonl"],
      ["input.fields.responses=\(responses)", "input.fields.rewards=\(rewards)"])
    #expect(pairs.map(\.description) == ["p: b > c"] && pairs.map(\.scores) == [[3, 1]])
  }

  @Test func aColumnMayBeNullButNotAbsent() throws {
    let workspace = try Workspace()
    try Self.write(
      #"{"prompt": "p", "a": "x", "b": "y", "ra": 1, "rb": 2}"#,
      #"{"prompt": "q", "a": "x", "b": null, "ra": 1, "rb": null}"#,
      #"{"prompt": "r", "a": "x", "ra": 1, "rb": 2}"#, in: workspace)
    let settings = ["input.fields.responses=[a, b]", "input.fields.rewards=[ra, rb]"]
    let outcome = try workspace.run(["rows.jsonl"], settings)
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasPrefix("rows.jsonl:3:1: error: no field \"b\""))
    let skipped = try workspace.run(["rows.jsonl"], settings + ["input.on_error=skip"])
    let summary = try JSON.object(skipped.output)
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["missing_response": 1])
    #expect(try workspace.pairs(in: "train").map(\.description) == ["p: y > x"])
  }

  @Test(arguments: [
    ["input.fields.responses=[a, b]"],
    ["input.fields.responses=[a, b]", "input.fields.rewards=[ra]"],
    ["input.fields.responses=[a, b]", "input.fields.rewards=[ra, rb, rc]"],
  ])
  func columnsWithoutTheirScoresAreAWrongConfiguration(settings: [String]) throws {
    let workspace = try Workspace()
    try Self.write(#"{"prompt": "p", "a": "x", "b": "y", "ra": 1, "rb": 2}"#, in: workspace)
    let outcome = try workspace.run(["rows.jsonl"], settings)
    #expect(outcome.status == 78, "\(outcome.errors)")
    #expect(outcome.errors.contains("input.fields.re"))
  }

  // MARK: Names for nothing

  private static let lists =
    #"{"prompt": "p", "all_generated_responses": ["a", "b"], "all_rm_scores": [1, 2], "x": 1}"#

  @Test(arguments: [
    ("response", "input.fields.response", lists), ("reward", "input.fields.reward", lists),
    (
      "responses", "input.fields.responses",
      #"{"prompt": "p", "response": "a", "reward": 1, "x": []}"#
    ),
    (
      "rewards", "input.fields.rewards", #"{"prompt": "p", "response": "a", "reward": 1, "x": [1]}"#
    ),
    (
      "reward", "input.fields.reward",
      #"{"prompt": "p", "generations": ["a", "b"], "ratings": [1, 2], "x": 1}"#
    ),
  ])
  func aNamedFieldThatIsNotReadIsAnError(field: String, name: String, row: String) throws {
    let workspace = try Workspace()
    try Self.write(row, in: workspace)
    let outcome = try workspace.run(["rows.jsonl"], ["input.fields.\(field)=y"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix(
        "rows.jsonl:1:1: error: \(name) is set, but rows like this one are not read by it: "),
      "\(outcome.errors)")
    #expect(!workspace.exists("out"))
  }

  /// Fields that rows need not have: a misspelt name would go unnoticed.
  @Test(arguments: ["prompt_id", "system", "messages"])
  func aNamedFieldThatNoRowHasIsAnError(field: String) throws {
    let workspace = try Workspace()
    func row(_ text: String, _ value: String) -> String {
      #"{"prompt": "p", "response": "\#(text)", "reward": \#(text.count), "x": \#(value)}"#
    }
    try Self.write(row("a", "null"), row("bb", "null"), in: workspace)
    for name in ["x", "y"] {
      let outcome = try workspace.run(["rows.jsonl"], ["input.fields.\(field)=\(name)"])
      #expect(outcome.status == 65)
      #expect(
        outcome.errors.hasPrefix(
          "dpo-prep: error: no row has a value for \"\(name)\", which input.fields.\(field) names"),
        "\(outcome.errors)")
      #expect(!workspace.exists("out"))
      let fit = try workspace.dpoPrep([
        "fit", "-q", "prep.yaml", "input.paths=[rows.jsonl]", "input.fields.\(field)=\(name)",
      ])
      #expect(fit.status == 65 && fit.output == "")
    }
    // One row that has it is enough.
    let value = field == "messages" ? #"[{"role": "user", "content": "q"}]"# : "\"s\""
    try Self.write(row("a", "null"), row("bb", value), row("ccc", value), in: workspace)
    #expect(
      try workspace.run(["rows.jsonl"], ["input.fields.\(field)=x"]).status == 0)
  }

  @Test func ignoredIDsNeedNotBeThere() throws {
    let workspace = try Workspace()
    try Self.write(
      #"{"prompt": "p", "response": "a", "reward": 1}"#,
      #"{"prompt": "p", "response": "b", "reward": 2}"#, in: workspace)
    let outcome = try workspace.run(
      ["rows.jsonl"], ["input.fields.prompt_id=x", "input.id_conflicts=ignore"])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func anUnreadFieldIsExplained() throws {
    let workspace = try Workspace()
    try Self.write(Self.lists, in: workspace)
    let outcome = try workspace.run(["rows.jsonl"], ["input.fields.reward=x"])
    #expect(
      outcome.errors == """
        rows.jsonl:1:1: error: input.fields.reward is set, but rows like this one are not read by \
        it: they are nested: a prompt a row, responses in "all_generated_responses", rewards in \
        "all_rm_scores"
          leave it out, set input.fields.rewards, or name the layout with input.format

        """)
    #expect(outcome.status == 65)
  }
}
