import Testing

/// Every answer to the prompt beside each pair.
@Suite struct AllAnswersTests {
  /// Rows of prompts with three answers each, one of them empty every third time.
  private static func lines(_ seed: Int, prompts: Int, filler: Int) -> [String] {
    (0..<prompts).map { prompt in
      let text =
        seed == 1 && prompt.isMultiple(of: 3)
        ? "" : "\(seed) " + String(repeating: "x", count: filler) + " \(prompt) \u{e9}"
      return
        #"{"prompt": "p\#(prompt)", "response": "\#(text)", "reward": \#((seed * 7 + prompt) % 5)}"#
    }
  }

  private static let arguments = [
    "run", "-q", "prep.yaml", "calibration.method=penalty", "calibration.coefficient=0.5",
    "output.all_answers=true", "output.overwrite=true", "output.compression=none",
  ]

  @Test(arguments: [["trl"], ["kto"]])
  func theAnswersAreThoseOfTheInputThatWereNotFilteredOut(profiles: [String]) throws {
    let workspace = try Workspace()
    let seeds = (0..<3).map { Self.lines($0, prompts: 7, filler: 0) }
    try workspace.write(seeds.joined().joined(separator: "\n"), to: "in.jsonl")
    try workspace.succeed(
      Self.arguments + [
        "input.paths=[in.jsonl]", "output.profiles=[\(profiles.joined(separator: ", "))]",
      ])
    let rows = try (workspace.rows(of: "out")["train"] ?? []).map(JSON.object)
    #expect(rows.count >= 5)
    for row in rows {
      let turns = try #require(row["prompt"] as? [[String: Any]])
      let prompt = try #require(turns.first?["content"] as? String)
      let given = try seeds.joined().map(JSON.object).filter {
        $0["prompt"] as? String == prompt && $0["response"] as? String != ""
      }
      let texts = given.compactMap { $0["response"] as? String }
      let rewards = given.compactMap { $0["reward"] as? Double }
      #expect(row["all_generated_responses"] as? [String] == texts)
      #expect(row["all_rm_scores"] as? [Double] == rewards)
      #expect(
        row["all_scores"] as? [Double]
          == zip(texts, rewards).map { $1 - 0.5 * Double($0.unicodeScalars.count) })
    }
  }

  @Test func theyAreTheSameHoweverTheRowsComeAndWhereTheirTextsWait() throws {
    let workspace = try Workspace()
    let seeds = (0..<3).map { Self.lines($0, prompts: 500, filler: 30_000) }
    for (seed, lines) in seeds.enumerated() {
      try workspace.write(lines.joined(separator: "\n"), to: "in-\(seed).jsonl")
    }
    let adjacent = (0..<500).flatMap { prompt in seeds.map { $0[prompt] } }
    try workspace.write(adjacent.joined(separator: "\n"), to: "adjacent.jsonl")
    for (name, paths, memory) in [
      ("adjacent", "adjacent.jsonl", "64MiB"), ("memory", "in-*.jsonl", "2GiB"),
      ("spilled", "in-*.jsonl", "64MiB"),
    ] {
      try workspace.succeed(
        Self.arguments + [
          "input.paths=[\(paths)]", "run.memory=\(memory)", "output.dir=\(name)",
        ])
    }
    let data = try workspace.contents(of: "adjacent/data")
    #expect(try workspace.contents(of: "memory/data") == data)
    #expect(try workspace.contents(of: "spilled/data") == data)
  }
}
