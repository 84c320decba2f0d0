import Testing

/// Ids that stand with different prompts (`input.id_conflicts`).
@Suite struct PromptIDTests {
  private static func row(_ id: String, _ prompt: String, _ answers: [(String, Double)]) -> String {
    let texts = answers.map { "\"\($0.0)\"" }.joined(separator: ", ")
    let rewards = answers.map { "\($0.1)" }.joined(separator: ", ")
    return
      #"{"prompt_id": \#(id), "prompt": "\#(prompt)", "all_generated_responses": [\#(texts)], "#
      + #""all_rm_scores": [\#(rewards)]}"# + "\n"
  }

  /// Two files whose ids are row numbers, and so start again.
  private func numbered() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(
      Self.row("0", "A", [("a", 1), ("b", 2)]) + Self.row("1", "B", [("c", 1), ("d", 2)])
        + Self.row("2", "A", [("e", 0), ("f", 3)]), to: "first.jsonl")
    try workspace.write(
      Self.row("0", "C", [("g", 2), ("h", 1)]) + Self.row("1", "D", [("i", 2), ("j", 1)]),
      to: "second.jsonl")
    return workspace
  }

  private static let files = ["first.jsonl", "second.jsonl"]

  @Test func anIDWithDifferentPromptsIsAnErrorThatSaysWhatToSet() throws {
    let workspace = try numbered()
    let outcome = try workspace.run(Self.files)
    #expect(outcome.status == 65)
    #expect(
      outcome.errors == """
        second.jsonl:1:1: error: the prompt id "0" stands with another prompt than before, first at \
        first.jsonl:1:1 (2 ids do)
          row numbers that start again in every file are not ids: set input.id_conflicts: ignore to \
        tell prompts by their text, drop to leave them out, or name another field with \
        input.fields.prompt_id

        """)
    #expect(try workspace.names() == Self.files)
  }

  /// The first prompt of an id may come back before the second one comes.
  @Test func theErrorNamesTheRowWithTheOtherPrompt() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.row("\"x\"", "A", [("a", 1)]) + Self.row("\"y\"", "B", [("b", 1)])
        + Self.row("\"x\"", "A", [("c", 2)]) + Self.row("\"x\"", "C", [("d", 2)]),
      to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix(
        #"rows.jsonl:4:1: error: the prompt id "x" stands with another prompt than before, "#
          + "first at rows.jsonl:1:1 (1 id does)"))
  }

  @Test func theSamePromptMayStandWithItsIDAsOftenAsItLikes() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.row("7", "A", [("a", 1)])
        + #"{"prompt_id": "7", "prompt": [{"role": "user", "content": "\u0041"}], "#
        + #""all_generated_responses": ["b"], "all_rm_scores": [2]}"#, to: "rows.jsonl")
    #expect(try workspace.pairs(of: ["rows.jsonl"]).map(\.description) == ["A: b > a"])
    #expect(try workspace.pairs(of: ["rows.jsonl"]).map(\.id) == ["7"])
  }

  @Test func droppedConflictsAreCounted() throws {
    let workspace = try numbered()
    let outcome = try workspace.run(Self.files, ["input.id_conflicts=drop"])
    #expect(outcome.status == 0)
    let summary = try JSON.object(outcome.output)
    #expect(JSON.count(summary, "ledger.prompts.read") == 5)
    #expect(
      JSON.value(summary, "ledger.prompts.dropped") as? [String: Int]
        == ["duplicate_prompt_id_with_other_prompt": 4])
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["conflicting_prompt_id": 8])
    #expect(JSON.count(summary, "ledger.candidates.kept") == 2)
    #expect(JSON.value(summary, "ledger.balanced") as? Bool == true)
    let pairs = try workspace.pairs(in: "train")
    #expect(pairs.map(\.description) == ["A: f > e"] && pairs.map(\.id) == ["2"])
  }

  /// An answer that is dropped for a reason of its own is not counted twice.
  @Test func conflictsCountWhatWasUsableUntilThen() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.row("1", "A", [("a", 1), ("", 2)]) + Self.row("1", "B", [("c", 1)])
        + Self.row("1", "C", [("d", 1), ("d", 2)]) + Self.row("2", "D", [("e", 1), ("f", 2)]),
      to: "rows.jsonl")
    let summary = try JSON.object(
      workspace.run(["rows.jsonl"], ["input.id_conflicts=drop"]).output)
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["too_short": 1, "conflicting_prompt_id": 4])
    #expect(JSON.count(summary, "ledger.prompts.read") == 4)
    #expect(JSON.count(summary, "ledger.prompts.paired") == 1)
  }

  /// With conflicting rows beside it the same input gives the same curve and so the same scores.
  @Test func droppedConflictsDoNotShapeTheFit() throws {
    let workspace = try Workspace()
    let good = Generations(prompts: 40).nested
    let long = String(repeating: "x", count: 500)
    let wild = (0..<20).map { number in
      Self.row("\"wild-\(number % 10)\"", "W\(number)", [(long, 1e6), ("y", -1e6)])
    }
    try workspace.write(good, to: "good.jsonl")
    try workspace.write(wild[..<10].joined() + good + wild[10...].joined(), to: "both.jsonl")
    let settings = ["calibration.method=lwr", "input.id_conflicts=drop"]
    let alone = try workspace.pairs(of: ["good.jsonl"], settings)
    #expect(alone.count > 30)
    #expect(try workspace.pairs(of: ["both.jsonl"], settings) == alone)
  }

  @Test func withoutIDsPromptsAreToldByTheirText() throws {
    let workspace = try numbered()
    let pairs = try workspace.pairs(of: Self.files, ["input.id_conflicts=ignore"])
    // The rows 0 and 2 of the first file have one prompt.
    #expect(
      pairs.map(\.description) == ["A: f > e", "B: d > c", "C: g > h", "D: i > j"])
    // `printf A | sha256sum`
    #expect(
      pairs[0].id == "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd")
    #expect(
      pairs[1].id == "df7e70e5021544f4834bbee64a9e3789febc4be81470df629cad6ddb03320a5c")
  }

  /// What stands in the field does not matter then.
  @Test func ignoredIDsNeedNotBeIDs() throws {
    let workspace = try Workspace()
    try workspace.write(Self.row("[1]", "A", [("a", 1), ("b", 2)]), to: "rows.jsonl")
    #expect(
      try workspace.pairs(of: ["rows.jsonl"], ["input.id_conflicts=ignore"]).map(\.description)
        == ["A: b > a"])
    #expect(try workspace.run(["rows.jsonl"]).status == 65)
  }
}
