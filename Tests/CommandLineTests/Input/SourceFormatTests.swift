import Testing

/// Published layouts: the samples hold the same answers in each, so each must give the same dataset.
@Suite struct SourceFormatTests {
  private static func rows(
    _ files: [String], _ workspace: Workspace, format: String, into folder: String,
    _ more: [String] = []
  ) throws -> [String] {
    let paths = files.map { Program.checkout + "/samples/formats/" + $0 }
    try workspace.succeed(
      [
        "run", "-q", "prep.yaml", "input.paths=[\(paths.joined(separator: ", "))]",
        "input.format=\(format)", "calibration.method=none", "output.dir=\(folder)",
        "output.overwrite=true",
      ] + more)
    return try workspace.rows(of: folder)["train"] ?? []
  }

  @Test(
    arguments: [
      ("ultrafeedback", ["ultrafeedback.jsonl"]),
      ("ultrafeedback", ["ultrafeedback-ratings.jsonl"]),
      ("distilabel", ["distilabel.jsonl"]),
      ("distilabel", ["distilabel-rating.jsonl"]),
      ("rlhflow", ["rlhflow.jsonl"]),
      ("rlhflow", ["rlhflow.json"]),
      ("seeds", (0..<4).map { "seeds/output_\($0).json" }),
      ("kto", ["kto.jsonl"]),
      ("conversation", ["conversation-score.jsonl"]),
      ("conversation", ["conversation-reward.jsonl"]),
      ("rebel", ["rebel.jsonl"]),
      ("columns", ["columns.jsonl"]),
    ])
  func everyLayoutGivesTheSamePairs(format: String, files: [String]) throws {
    let workspace = try Workspace()
    let expected = try Self.rows(["simpo.json"], workspace, format: "simpo", into: "expected")
    #expect(expected.count == 10)
    #expect(try Self.rows(files, workspace, format: format, into: "named") == expected)
    #expect(try Self.rows(files, workspace, format: "auto", into: "found") == expected)
    #expect(
      try Self.rows(
        files, workspace, format: format, into: "again", ["calibration.method=lwr"]
      ).count > 5)
  }

  /// Ranks order the answers as the rewards do that they were made of; only the scores are others.
  @Test(arguments: [
    ("distilabel", "distilabel-ranks.jsonl"), ("nectar", "nectar.jsonl"),
    ("nemo-rl", "nemo-rl.jsonl"),
  ])
  func ranksGiveTheSamePairs(format: String, file: String) throws {
    let workspace = try Workspace()
    func unscored(_ rows: [String]) throws -> [[String: Any]] {
      try rows.map { try JSON.object($0).filter { !$0.key.contains("score") } }
    }
    let expected = try unscored(
      Self.rows(["simpo.json"], workspace, format: "simpo", into: "expected"))
    for format in [format, "auto"] {
      let rows = try Self.rows([file], workspace, format: format, into: "found")
      #expect(rows.count == 10)
      #expect(JSON.areSame(try unscored(rows), expected))
    }
  }

  @Test(
    arguments: [
      ("h4", "h4"), ("argilla", "h4"), ("tulu", "h4"), ("strings", "h4"), ("rlhflow", "rlhflow"),
      ("dialogues", "h4"), ("sharegpt", "h4"), ("responses", "h4"), ("swift", "h4"),
      ("swift-messages", "h4"), ("swift-query", "h4"), ("llama-factory", "h4"),
      ("openai", "openai"), ("webgpt", "webgpt"), ("shp", "shp"), ("objects", "columns"),
    ])
  func pairsAreOrderedAnew(style: String, format: String) throws {
    let workspace = try Workspace()
    let file = "pairs-\(style).jsonl"
    let rows = try Self.rows([file], workspace, format: format, into: "named")
    #expect(try Self.rows([file], workspace, format: "auto", into: "found") == rows)
    #expect(
      try Self.rows(["pairs-h4.jsonl"], workspace, format: "h4", into: "expected") == rows)

    // By the file itself: of each prompt's two answers the better one, unless they score alike.
    var expected: [[String]] = []
    var swapped = 0
    let input = try String(
      decoding: workspace.shell("cat '\(Program.checkout)/samples/formats/pairs-h4.jsonl'")
        .output.utf8, as: UTF8.self)
    for line in input.split(separator: "\n") {
      let row = try JSON.object(String(line))
      let chosen = try #require(row["score_chosen"] as? Double)
      let rejected = try #require(row["score_rejected"] as? Double)
      guard chosen != rejected else { continue }
      let texts = try ["chosen", "rejected"].map { side in
        let turns = try #require(row[side] as? [[String: String]])
        return try #require(turns.last?["content"])
      }
      expected.append(chosen > rejected ? texts : texts.reversed())
      if chosen < rejected { swapped += 1 }
    }
    #expect(swapped > 0)
    let found = try rows.map { line in
      let row = try JSON.object(line)
      return try ["chosen", "rejected"].map { side in
        let turns = try #require(row[side] as? [[String: String]])
        #expect(turns.count == 2 && turns[0]["content"] == row["prompt_text"] as? String)
        return try #require(turns.last?["content"])
      }
    }
    #expect(found == expected)
  }

  /// `audit` reads the pairs of every layout as `run` does.
  @Test func auditReadsTheSamePairs() throws {
    let workspace = try Workspace()
    func figures(_ style: String) throws -> [String: Any] {
      let file = "\(Program.checkout)/samples/formats/pairs-\(style).jsonl"
      let figures = try JSON.object(workspace.succeed(["audit", "--json", file]).output)
      // The others say where the rows are, and what stands beside the pairs.
      return figures.filter { $0.value is Double || $0.value is Int }
    }
    let expected = try figures("h4")
    #expect(expected["rows"] as? Int == 10 && expected["inverted"] as? Int == 7)
    for style in [
      "argilla", "tulu", "strings", "rlhflow", "dialogues", "sharegpt", "responses", "swift",
      "swift-messages", "swift-query", "llama-factory", "openai", "objects",
    ] {
      #expect(JSON.areSame(try figures(style), expected), "\(style)")
    }
  }

  @Test func aRowOfAnotherFormatIsExplained() throws {
    let workspace = try Workspace()
    try workspace.write(#"{"prompt": "p", "response": "a", "reward": 1}"#, to: "flat.jsonl")
    let outcome = try workspace.dpoPrep([
      "run", "prep.yaml", "input.paths=[flat.jsonl]", "input.format=distilabel",
    ])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains(
        #"flat.jsonl:1:1: error: the row is not of the format "distilabel""#))
    #expect(outcome.errors.contains("the row has: prompt, response, reward"))
  }

  /// Our own datasets are pairs with scores.
  @Test func aDatasetCanBeReadBack() throws {
    let workspace = try Workspace()
    let first = try Self.rows(["simpo.json"], workspace, format: "simpo", into: "first")
    for profile in ["alignment-handbook", "h4", "trl", "standard"] {
      try workspace.succeed([
        "run", "-q", "prep.yaml", "input.paths=[first/data]", "output.dir=\(profile)",
        "calibration.method=none", "output.profiles=[\(profile)]",
      ])
      try workspace.succeed([
        "run", "-q", "prep.yaml", "input.paths=[\(profile)/data]", "output.dir=back",
        "calibration.method=none", "output.overwrite=true",
      ])
      #expect(try workspace.rows(of: "back")["train"] == first)
    }
  }
}
