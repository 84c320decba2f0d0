import TestSupport
import Testing

/// Rounds of training: prompts that were used are not used again, and curves are compared.
@Suite struct RoundsTests {
  /// Rows of answers to prompts whose rewards grow by `slope` with every character.
  private static func rows(
    _ prompts: Range<Int>, slope: Double, seed: UInt64, hasIDs: Bool = true
  ) -> String {
    var random = SeededRandom(seed: seed)
    return prompts.map { prompt in
      let lengths = (0..<5).map { _ in Int.random(in: 20...420, using: &random) }
      let answers = lengths.enumerated().map {
        "\"\($0)\(String(repeating: "x", count: $1 - 1))\""
      }
      let rewards = lengths.map { length in
        let noise = (0..<4).reduce(0.0) { sum, _ in
          sum + Double.random(in: -0.5...0.5, using: &random)
        }
        return "\(slope * Double(length) + noise)"
      }
      let id = hasIDs ? "\"prompt_id\": \"id-\(prompt)\", " : ""
      return """
        {\(id)"prompt": "Question \(prompt)?", "all_generated_responses": \
        [\(answers.joined(separator: ", "))], "all_rm_scores": [\(rewards.joined(separator: ", "))]}
        """
    }.joined(separator: "\n")
  }

  private static func prompts(of dataset: String, in workspace: Workspace) throws -> Set<String> {
    let lines = try workspace.rows(of: dataset).values.joined()
    return Set(
      try lines.map { line in
        try #require(try JSON.object(line)["prompt_id"] as? String)
      })
  }

  @Test(arguments: ["alignment-handbook", "trl", "standard", "kto", "openrlhf"], [true, false])
  func promptsOfEarlierRoundsAreNotUsed(profile: String, hasIDs: Bool) throws {
    // Rows of single answers tell their prompts by ids alone.
    guard hasIDs || profile != "kto" else { return }
    let workspace = try Workspace()
    try workspace.write(
      Self.rows(0..<60, slope: 0.01, seed: 1, hasIDs: hasIDs), to: "first.jsonl")
    try workspace.write(
      Self.rows(40..<120, slope: 0.01, seed: 2, hasIDs: hasIDs), to: "second.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "first.jsonl", "-o", "one", "output.profiles=[\(profile)]",
    ])
    let outcome = try workspace.succeed([
      "run", "-q", "--json", "prep.yaml", "second.jsonl", "-o", "two", "input.exclude=[one]",
      "input.limit=70",
    ])
    let used = Self.promptNames(try workspace.text(of: "first.jsonl"))
    let (one, two) = (
      try Self.prompts(of: "one", in: workspace), try Self.prompts(of: "two", in: workspace)
    )
    #expect(one.count == 60 && used.count == 60)
    #expect(one.isDisjoint(with: two))
    let ledger = try JSON.object(outcome.output)
    #expect(JSON.count(ledger, "ledger.prompts.dropped.excluded") == 20)
    #expect(JSON.count(ledger, "ledger.candidates.dropped.excluded") == 100)
    // Of the 60 that are left fewer are there than the limit takes.
    #expect(JSON.count(ledger, "ledger.prompts.dropped.beyond_limit") == nil)
    #expect(JSON.count(ledger, "ledger.prompts.paired") == two.count)
    // The new curve knows nothing of the excluded candidates.
    try workspace.write(
      Self.rows(40..<120, slope: 0.01, seed: 2, hasIDs: hasIDs).split(separator: "\n").dropFirst(20)
        .joined(separator: "\n"), to: "rest.jsonl")
    try workspace.succeed(["run", "-q", "prep.yaml", "rest.jsonl", "-o", "rest"])
    #expect(try workspace.rows(of: "two") == workspace.rows(of: "rest"))
  }

  private static func promptNames(_ rows: String) -> Set<String> {
    Set(rows.matches(of: /Question \d+/).map { String($0.output) })
  }

  @Test func filesOfIDsAndManifestsThatNameThem() throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(0..<50, slope: 0, seed: 3), to: "gens.jsonl")
    try workspace.write(
      "{\"prompt_id\": \"id-7\"}\n{\"prompt_id\": \"id-9\"}\n{\"prompt_id\": \"other\"}\n",
      to: "used.jsonl")
    try workspace.write(
      "{\"prompt\": \"Question 11?\", \"chosen\": \"a\", \"rejected\": \"b\"}\n", to: "pairs.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "gens.jsonl", "-o", "out",
      "input.exclude=[used.jsonl, pairs.jsonl]",
    ])
    let used = try Self.prompts(of: "out", in: workspace)
    #expect(used.count == 47 && used.isDisjoint(with: ["id-7", "id-9", "id-11"]))
    let manifest = try workspace.object(in: "out/manifest.json")
    let files = try #require(manifest["excluded"] as? [[String: Any]])
    #expect(files.map { $0["path"] as? String } == ["used.jsonl", "pairs.jsonl"])
    #expect(files.map { $0["rows"] as? Int } == [3, 1])
    for file in files {
      let path = try #require(file["path"] as? String)
      let digest = try workspace.shell("sha256sum \(path)").output.prefix(64)
      #expect(file["sha256"] as? String == String(digest))
    }
    // The scores of every answer tell why some are not used.
    try workspace.succeed([
      "score", "-q", "gens.jsonl", "-o", "scores.jsonl", "input.exclude=[used.jsonl, pairs.jsonl]",
    ])
    #expect(try workspace.text(of: "scores.jsonl").matches(of: /"excluded"/).count == 15)
    // A job does the same.
    try workspace.succeed([
      "job", "init", "prep.yaml", "JOB", "input.paths=[gens.jsonl]", "output.dir=parts",
      "input.exclude=[used.jsonl, pairs.jsonl]",
    ])
    try workspace.succeed(["job", "run", "JOB", "-q"])
    #expect(try workspace.rows(of: "parts") == workspace.rows(of: "out"))
    let wrong = try workspace.dpoPrep([
      "run", "-q", "gens.jsonl", "-o", "wrong", "input.exclude=[absent.jsonl]",
    ])
    #expect(wrong.status == 66)
    try workspace.write("{\"text\": \"a\"}\n", to: "texts.jsonl")
    let unlike = try workspace.dpoPrep([
      "run", "-q", "gens.jsonl", "-o", "wrong", "input.exclude=[texts.jsonl]",
    ])
    #expect(unlike.status == 65 && unlike.errors.contains("texts.jsonl:1"))
  }

  /// The difference of two curves of known slopes, where the truth is known.
  @Test func theMoveOfTheBiasIsTold() throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(0..<600, slope: 0.004, seed: 5), to: "first.jsonl")
    try workspace.write(Self.rows(600..<1200, slope: 0.007, seed: 6), to: "second.jsonl")
    try workspace.succeed(["run", "-q", "prep.yaml", "first.jsonl", "-o", "one"])
    let summary = try workspace.succeed([
      "run", "prep.yaml", "second.jsonl", "-o", "two", "report.previous_curve=one",
    ])
    #expect(summary.output.contains("Since one/curve.json the bias of chars moved most at "))
    let change = try Self.change(in: "two", of: workspace)
    let (length, reference) = (try #require(change["length"]), try #require(change["reference"]))
    let truth = 0.003 * (length - reference)
    #expect(abs(length - reference) > 150)
    let (lower, upper) = (try #require(change["lower"]), try #require(change["upper"]))
    #expect(lower * upper > 0)
    // The largest of a hundred differences is farther off than one alone.
    #expect(abs((lower + upper) / 2 - truth) < upper - lower)
    let report = try workspace.text(of: "two/report.html")
    #expect(report.contains("earlier curve") && report.contains("now and before"))

    // A curve against itself did not move.
    try workspace.succeed([
      "run", "-q", "prep.yaml", "first.jsonl", "-o", "again",
      "report.previous_curve=one/curve.json",
    ])
    #expect(abs(try #require(Self.change(in: "again", of: workspace)["difference"])) < 1e-9)
    // Whatever is compared, the data are the same.
    #expect(try workspace.rows(of: "again") == workspace.rows(of: "one"))
    let wrong = try workspace.dpoPrep([
      "run", "-q", "first.jsonl", "-o", "wrong", "report.previous_curve=absent.json",
    ])
    #expect(wrong.status == 66)
  }

  private static func change(in dataset: String, of workspace: Workspace) throws -> [String: Double]
  {
    let manifest = try workspace.object(in: "\(dataset)/manifest.json")
    let changes = try #require(
      JSON.value(manifest, "diagnostics.previous_curve.changes") as? [[String: Any]])
    let change = try #require(changes.first)
    let largest = try #require(change["largest"] as? [String: Any])
    let interval = try #require(largest["interval"] as? [Double])
    return [
      "reference": try #require(change["reference_length"] as? Double),
      "length": try #require(largest["length"] as? Double),
      "difference": try #require(largest["difference"] as? Double), "lower": interval[0],
      "upper": interval[1],
    ]
  }
}
