import Testing

/// Input that is well-formed and gives no pair, or no row at all.
@Suite struct UnusableInputTests {
  private func summary(
    of rows: [String], _ settings: [String] = []
  ) throws -> (summary: [String: Any], workspace: Workspace) {
    let workspace = try Workspace()
    try workspace.write(rows.joined(separator: "\n"), to: "rows.jsonl")
    let outcome = try workspace.succeed(
      [
        "run", "-q", "--json", "prep.yaml", "input.paths=[rows.jsonl]", "output.dir=out",
        "calibration.method=none",
      ] + settings)
    return (try JSON.object(outcome.output), workspace)
  }

  private func row(_ prompt: String, _ response: String, _ reward: String) -> String {
    #"{"prompt": "\#(prompt)", "response": \#(response), "reward": \#(reward)}"#
  }

  @Test func candidatesAreDroppedByReason() throws {
    let (summary, workspace) = try summary(
      of: [
        row("Why?", "\"good\"", "2"), row("Why?", "\"better\"", "\"3.5\""),
        row("Why?", "null", "1"), row("Why?", "null", "null"),
        row("Why?", "\"a\"", "null"), row("Why?", "\"b\"", "NaN"), row("Why?", "\"c\"", "\"nan\""),
        row("Why?", "\"d\"", "1e999"), row("Why?", "\"e\"", "-Infinity"),
        row("Why?", "\"\"", "1"), row("Why?", "\"far too long\"", "1"),
        row("Why?", "\"good\"", "9"), row("Why?", "\"\\u0067ood\"", "9"),
        row("Why?", "\"\\ud83d.\"", "0"),
      ], ["filters.max_chars=10"])
    let expected = [
      "missing_response": 2, "non_finite_reward": 5, "too_short": 1, "too_long": 1,
      "duplicate_response": 2,
    ]
    #expect(JSON.value(summary, "ledger.candidates.dropped") as? [String: Int] == expected)
    #expect(JSON.count(summary, "ledger.candidates.read") == 14)
    #expect(JSON.count(summary, "ledger.candidates.kept") == 3)
    #expect(JSON.count(summary, "ledger.candidates.with_lone_surrogate") == 1)
    #expect(JSON.value(summary, "ledger.balanced") as? Bool == true)
    let pair = try workspace.rows(of: "out")["train"]?.first ?? ""
    #expect(pair.contains(#""chosen": [{"content": "Why?", "role": "user"}, {"content": "better""#))
    #expect(pair.contains("\u{FFFD}."))
    #expect(pair.contains(#""score_chosen": 3.5, "score_rejected": 0.0"#))
    #expect(pair.contains(#""length_chosen": 6, "length_rejected": 2"#))
  }

  @Test func promptsAreDroppedByReason() throws {
    func identified(_ prompt: String, _ response: String, _ reward: Double) -> String {
      #"{"prompt_id": "same", "prompt": "\#(prompt)", "response": "\#(response)", "reward": \#(reward)}"#
    }
    let (summary, _) = try summary(
      of: [
        row("kept", "\"a\"", "2"), row("kept", "\"b\"", "1"),
        row("alone", "\"a\"", "2"), row("alone", "\"b\"", "null"),
        row("even", "\"a\"", "2"), row("even", "\"b\"", "2"),
        row("near", "\"a\"", "2"), row("near", "\"b\"", "1.9"),
        row("far", "\"a\"", "9"), row("far", "\"b\"", "0"),
        identified("one", "a", 2), identified("another", "b", 1), identified("one", "c", 0),
        row(" ", "\"a\"", "1"), row(" ", "\"b\"", "0"),
      ], ["pairs.min_margin=0.5", "pairs.max_margin=5", "input.id_conflicts=drop"])
    let expected = [
      "duplicate_prompt_id_with_other_prompt": 2, "empty_prompt": 1, "too_few_candidates": 1,
      "no_margin": 1,
      "below_min_margin": 1, "above_max_margin": 1,
    ]
    #expect(JSON.value(summary, "ledger.prompts.dropped") as? [String: Int] == expected)
    #expect(
      JSON.value(summary, "ledger.prompts.too_few_candidates_by") as? [String: Int] == [
        "non_finite_reward": 1
      ])
    #expect(JSON.count(summary, "ledger.prompts.read") == 8)
    #expect(
      JSON.count(summary, "ledger.candidates.dropped.conflicting_prompt_id") == 3)
    #expect(JSON.count(summary, "ledger.candidates.dropped.empty_prompt") == 2)
    #expect(JSON.count(summary, "ledger.prompts.paired") == 1)
    #expect(JSON.count(summary, "ledger.pairs") == 1)
    #expect(JSON.value(summary, "ledger.balanced") as? Bool == true)
  }

  @Test func noPairAtAllIsAnError() throws {
    let workspace = try Workspace()
    try workspace.write(
      row("Why?", "\"a\"", "1") + "\n" + row("How?", "\"b\"", "2"), to: "rows.jsonl")
    let outcome = try workspace.dpoPrep(
      ["run", "-q", "prep.yaml", "input.paths=[rows.jsonl]", "calibration.method=none"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors == """
        dpo-prep: error: no pair came out of 2 prompts with 2 usable candidates \
        (dropped: too_few_candidates 2 (2 had too few from the start))
          a pair takes two usable answers to one prompt with different scores; check \
        input.fields.prompt_id, filters.min_candidates

        """)
    #expect(try workspace.names() == ["rows.jsonl"])
  }

  /// What emptied the prompts is named, by whatever took most of each, and the setting to look at.
  @Test func whatLeftTooFewCandidatesIsNamed() throws {
    let workspace = try Workspace()
    var rows: [String] = []
    for number in 0..<5 {
      // Two of three are too long.
      for text in ["long long", "longer than that", "a"] {
        rows.append(row("long \(number)", "\"\(text)\"", "\(rows.count)"))
      }
    }
    for number in 0..<3 {
      // Three times the same, and one that is too long.
      for text in ["b", "b", "b", "long long long"] {
        rows.append(row("same \(number)", "\"\(text)\"", "\(rows.count)"))
      }
    }
    rows += [row("one", "\"a\"", "1"), row("none", "\"a\"", "NaN"), row("none", "\"b\"", "null")]
    try workspace.write(rows.joined(separator: "\n"), to: "rows.jsonl")
    let settings = ["prep.yaml", "input.paths=[rows.jsonl]", "filters.max_chars=5"]
    let outcome = try workspace.dpoPrep(
      ["run", "-q"] + settings + ["calibration.method=none"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors == """
        dpo-prep: error: no pair came out of 10 prompts with 9 usable candidates (dropped: \
        too_few_candidates 10 (1 after non_finite_reward, 5 after too_long, 3 after \
        duplicate_response, 1 had too few from the start))
          a pair takes two usable answers to one prompt with different scores; check \
        input.fields.prompt_id, input.fields.reward, filters.max_chars, filters.dedup, \
        filters.min_candidates

        """)
    rows += [row("pair", "\"a\"", "1"), row("pair", "\"b\"", "2")]
    try workspace.write(rows.joined(separator: "\n"), to: "rows.jsonl")
    let shown = try workspace.succeed(["run"] + settings).output
    let lines = shown.split(separator: "\n").map { line in
      line.split(separator: " ").joined(separator: " ")
    }
    let start = try #require(lines.firstIndex(of: "dropped: too_few_candidates 10"))
    #expect(
      lines[(start + 1)...].prefix(5) == [
        "after non_finite_reward 1", "after too_long 5", "after duplicate_response 3",
        "too few from the start 1", "prompts paired 1",
      ])
    let counts = [
      "non_finite_reward": 1, "too_long": 5, "duplicate_response": 3, "from_the_start": 1,
    ]
    let manifest = try workspace.object(in: "out/manifest.json")
    #expect(
      JSON.value(manifest, "ledger.prompts.too_few_candidates_by") as? [String: Int] == counts)
    let inspected = try JSON.object(
      try workspace.succeed(["inspect", "-q", "--json", "rows.jsonl"]).output)
    #expect(
      inspected["too_few_candidates_by"] as? [String: Int] == [
        "non_finite_reward": 1, "from_the_start": 1,
      ])
  }

  @Test func aFieldThatNoRowHasIsNamedWithItsNeighbour() throws {
    let workspace = try Workspace()
    try workspace.write(row("Why?", "\"a\"", "1"), to: "rows.jsonl")
    let outcome = try workspace.dpoPrep([
      "run", "-q", "prep.yaml", "input.paths=[rows.jsonl]", "output.dir=out",
      "input.fields.reward=rewrad",
    ])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors == """
        rows.jsonl:1:1: error: no field "rewrad"
          the row has: prompt, response, reward; did you mean "reward"? Set input.fields.reward

        """)
  }

  @Test(arguments: ["", "\n", " \r\n\t\n"])
  func anEmptyFileIsAnErrorOrOnlyAWarning(text: String) throws {
    let workspace = try Workspace()
    try workspace.write(text, to: "empty.jsonl")
    try workspace.write(
      row("Why?", "\"a\"", "1") + "\n" + row("Why?", "\"b\"", "2"), to: "rows.jsonl")
    let arguments = ["run", "-q", "prep.yaml", "output.dir=out", "calibration.method=none"]
    let alone = try workspace.dpoPrep(arguments + ["input.paths=[empty.jsonl]"])
    #expect(alone.status == 65)
    #expect(alone.errors.hasPrefix("empty.jsonl: error: "))
    #expect(alone.errors.split(separator: "\n").count == 2)

    let both = arguments + ["input.paths=[empty.jsonl, rows.jsonl]"]
    #expect(try workspace.dpoPrep(both).status == 65)
    #expect(try workspace.names() == ["empty.jsonl", "rows.jsonl"])
    let skipped = try workspace.succeed(both + ["input.on_error=skip"])
    #expect(skipped.errors.hasPrefix("empty.jsonl: warning: "))
    #expect(try workspace.rows(of: "out")["train"]?.count == 1)
  }

  @Test func notOneUsableRowIsAnErrorEvenWhenRowsAreSkipped() throws {
    let workspace = try Workspace()
    try workspace.write("{\n}\n", to: "rows.jsonl")
    let outcome = try workspace.dpoPrep([
      "run", "-q", "prep.yaml", "input.paths=[rows.jsonl]", "output.dir=out", "input.on_error=skip",
      "input.format=flat",
    ])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("error: not one of 2 rows is usable; the first: "))
    #expect(try workspace.names() == ["rows.jsonl"])
  }
}

/// First rows that cannot be looked at, of which layouts are told.
@Suite struct DenseRowTests {
  /// A row whose values would take many times its text, before rows that can be read.
  private static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    let numbers = Array(repeating: "1", count: 600_000).joined(separator: ",")
    let rows = (0..<3).flatMap { prompt in
      ["a", "bcd"].map {
        #"{"question": "q\#(prompt)", "answer": "\#($0)", "score": \#($0.count)}"#
      }
    }
    try workspace.write(
      "{\"question\": \"q\", \"answers\": [\(numbers)]}\n" + rows.joined(separator: "\n"),
      to: "in.jsonl")
    return workspace
  }

  private static let arguments = [
    "run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
    "input.fields.prompt=question", "input.fields.response=answer", "input.fields.reward=score",
  ]

  @Test func theyAreToldForWhatTheyAre() throws {
    let outcome = try Self.workspace().dpoPrep(Self.arguments)
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains(
        "in.jsonl:1:1: error: more values than are read of a text of this size"))
    #expect(!outcome.errors.contains("no field"), "\(outcome.errors)")
  }

  @Test func layoutsAreThoseOfTheRowsBehind() throws {
    let workspace = try Self.workspace()
    // Names of a layout, which only rows tell.
    let text = try workspace.text(of: "in.jsonl").replacing("\"answer\"", with: "\"completion\"")
    try workspace.write(text, to: "in.jsonl")
    try workspace.succeed(
      Array(Self.arguments.prefix(4)) + ["input.on_error=skip"])
    #expect(try workspace.rows(of: "out")["train"]?.count == 3)
  }
}
