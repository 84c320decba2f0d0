import Foundation
import TestSupport
import Testing

/// Filters of prompts: benchmarks' texts, near duplicates, repetition, scripts; and refusals.
@Suite struct CleanPromptTests {
  private static let settings = [
    "calibration.method=none", "calibration.intervals=false", "report.html=false",
  ]

  /// Rows of prompts with two answers each, or with rewards as they are given.
  private static func rows(_ prompts: [(id: String, text: String)]) -> String {
    prompts.map { prompt in
      #"{"prompt_id": "\#(prompt.id)", "prompt": "\#(prompt.text)", "#
        + #""all_generated_responses": ["yes", "no"], "all_rm_scores": [1, 2]}"# + "\n"
    }.joined()
  }

  private static func words(_ range: Range<Int>) -> String {
    range.map { "w\($0)" }.joined(separator: " ")
  }

  private static func run(
    _ workspace: Workspace, _ settings: [String], _ folder: String = "out"
  ) throws -> (ids: Set<String>, summary: [String: Any]) {
    let summary = try JSON.object(
      try workspace.succeed(
        ["run", "--json", "prep.yaml", "input.paths=[in.jsonl]", "output.dir=\(folder)"]
          + Self.settings + settings
      ).output)
    var ids: Set<String> = []
    for rows in try workspace.rows(of: folder).values {
      for row in rows { ids.insert(try #require(JSON.object(row)["prompt_id"] as? String)) }
    }
    #expect(JSON.value(summary, "ledger.balanced") as? Bool == true)
    return (ids, summary)
  }

  /// A text of 20 words is found whole, in other spelling, and in part from the share on.
  @Test func promptsWithBenchmarksTextsAreDropped() throws {
    let workspace = try Workspace()
    let spelled = Self.words(0..<20).uppercased().replacing(" ", with: ", ")
    try workspace.write(
      Self.rows([
        ("whole", "Solve this: " + Self.words(0..<20) + " please"), ("spelled", spelled),
        ("half", Self.words(5..<15)), ("less", Self.words(5..<14)),
        ("apart", Self.words(0..<7) + " x " + Self.words(7..<14) + " x " + Self.words(14..<20)),
        ("other", Self.words(100..<120)), ("short", "What is it?"),
        ("like short", "What is it now"),
        ("second", Self.words(200..<215)),
      ]), to: "in.jsonl")
    try workspace.write(
      #"{"id": "7", "question": "\#(Self.words(0..<20))"}"# + "\n\n"
        + #"{"id": "8", "question": ["what is IT", "nothing of all this is there in any prompt"]}"#
        + "\n", to: "bench/a.jsonl")
    try workspace.write(
      #"[{"question": {"text": "\#(Self.words(200..<215))"}}]"#, to: "bench/b.json")
    let (ids, summary) = try Self.run(
      workspace,
      ["filters.contaminated.against=[bench]", "filters.contaminated.fields=[question]"])
    #expect(ids == ["less", "apart", "other", "like short"])
    #expect(JSON.count(summary, "ledger.prompts.dropped.contaminated") == 5)
    #expect(JSON.count(summary, "ledger.candidates.dropped.contaminated") == 10)
    let manifest = try workspace.object(in: "out/manifest.json")
    #expect(JSON.areSame(manifest["benchmarks"], summary["benchmarks"]))
    let files = try #require(summary["benchmarks"] as? [[String: Any]])
    #expect(files.map { $0["path"] as? String } == ["bench/a.jsonl", "bench/b.json"])
    #expect(files.map { $0["rows"] as? Int } == [2, 1])
    #expect(files.map { $0["texts"] as? Int } == [3, 1])
    #expect(files.map { $0["prompts"] as? Int } == [4, 1])
    #expect(
      JSON.areSame(
        files[0]["found"],
        [
          ["line": 1, "prompts": 3, "share": 1.0], ["line": 3, "prompts": 1, "share": 1.0],
        ]))

    // Without fields short texts are not looked for, and a larger share is asked for.
    let (others, again) = try Self.run(
      workspace,
      ["filters.contaminated.against=[bench/a.jsonl]", "filters.contaminated.share=0.6"],
      "two")
    #expect(others == ids.union(["half", "short", "second"]))
    let file = try #require((again["benchmarks"] as? [[String: Any]])?.first)
    #expect(file["texts"] as? Int == 2 && file["short_texts"] as? Int == 3)
    let text = try workspace.succeed(
      ["run", "prep.yaml", "input.paths=[in.jsonl]", "--dry-run"] + Self.settings
        + ["filters.contaminated.against=[bench/a.jsonl]"]
    ).output
    #expect(text.contains("dropped: contaminated"), "\(text)")
    #expect(text.contains("3 prompts have a text of 1 of the 2 rows of bench/a.jsonl."), "\(text)")
  }

  @Test func benchmarksThatAreOfNoUseAreErrors() throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows([("a", "b")]), to: "in.jsonl")
    try workspace.write("{\"question\": \"too short\"}\n", to: "short.jsonl")
    try workspace.write("{\"question\": \"too short\"}\n{nonsense\n", to: "broken.jsonl")
    func outcome(_ settings: String...) throws -> Outcome {
      try workspace.dpoPrep(
        ["run", "-q", "in.jsonl", "-o", "out"] + Self.settings
          + settings.map { "filters.contaminated.\($0)" })
    }
    let short = try outcome("against=short.jsonl")
    #expect(short.status == 65 && short.errors.contains("no text of this benchmark has 8 words"))
    let absent = try outcome("against=short.jsonl", "fields=answer")
    #expect(
      absent.status == 65 && absent.errors.contains("no row of this benchmark has a text in answer")
    )
    let broken = try outcome("against=broken.jsonl", "fields=question")
    #expect(broken.status == 65 && broken.errors.contains("broken.jsonl:2"), "\(broken.errors)")
    #expect(try outcome("against=nowhere.jsonl").status == 66)
    #expect(!workspace.exists("out"))
  }

  /// What is alike gives one pair, that of the first prompt or of the best.
  @Test func nearDuplicatesAreDropped() throws {
    let workspace = try Workspace()
    var rows = Self.rows([
      ("one", Self.words(0..<60)), ("two", Self.words(100..<160)),
      ("one again", Self.words(0..<60).uppercased() + "!"), ("short", "Why?"),
      ("one more", Self.words(0..<59)), ("short again", "why"), ("other", Self.words(30..<90)),
    ])
    // More answers than the others have, and one with a single answer, which stands for nothing.
    rows +=
      #"{"prompt_id": "best", "prompt": "\#(Self.words(0..<61))", "#
      + #""all_generated_responses": ["a", "b", "c"], "all_rm_scores": [1, 2, 3]}"# + "\n"
    rows =
      #"{"prompt_id": "alone", "prompt": "\#(Self.words(100..<160))", "#
      + #""all_generated_responses": ["a"], "all_rm_scores": [1]}"# + "\n" + rows
    try workspace.write(rows, to: "in.jsonl")
    let similarity = "filters.near_duplicates.similarity=0.8"
    let (ids, summary) = try Self.run(workspace, [similarity])
    #expect(ids == ["one", "two", "short", "other"])
    #expect(JSON.count(summary, "ledger.prompts.dropped.near_duplicate") == 4)
    #expect(JSON.count(summary, "ledger.candidates.dropped.near_duplicate") == 9)
    #expect(JSON.count(summary, "near_duplicates.originals") == 2)
    #expect(JSON.count(summary, "near_duplicates.most_duplicates") == 3)
    let (best, _) = try Self.run(
      workspace, [similarity, "filters.near_duplicates.keep=best"], "two")
    #expect(best == ["best", "two", "short", "other"])
    // The sample is drawn from what is left.
    let (sample, limited) = try Self.run(workspace, [similarity, "input.limit=3"], "three")
    #expect(
      sample.isSubset(of: ids) && JSON.count(limited, "ledger.prompts.dropped.beyond_limit") == 2)
  }

  @Test func signaturesStayWithinTheMemory() throws {
    let workspace = try Workspace()
    let rows = (0..<40_000).map { number in
      #"{"prompt": "q\#(number)", "response": "\#(number)", "reward": \#(number % 7)}"# + "\n"
    }
    try workspace.write(rows.joined(), to: "in.jsonl")
    let outcome = try workspace.dpoPrep(
      ["run", "-q", "in.jsonl", "-o", "out", "run.memory=64MiB"] + Self.settings
        + ["filters.near_duplicates.similarity=0.5", "filters.near_duplicates.bands=64"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("for whose signatures there is memory"), "\(outcome.errors)")
  }

  @Test func textsAreFiltered() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.rows([
        ("plain", "a plain question"), ("again", "one two three four five one two three four five"),
        ("greek", "\u{3C4}\u{3AF} \u{3B5}\u{3AF}\u{3BD}\u{3B1}\u{3B9} a"), ("numbers", "2 + 2"),
      ])
        + #"{"prompt_id": "r", "prompt": "p", "#
        + #""all_generated_responses": ["I can't help", "I CAN\u2019T. Help!", "fine", "good"], "#
        + #""all_rm_scores": [4, 3, 2, 1]}"# + "\n", to: "in.jsonl")
    let (ids, summary) = try Self.run(
      workspace,
      [
        "filters.repetition.share=0.4", "filters.scripts.names=[latin]",
        #"filters.refusals=["i can't help"]"#,
      ])
    #expect(ids == ["plain", "numbers", "r"])
    #expect(
      JSON.value(summary, "ledger.prompts.dropped") as? [String: Int]
        == ["repetitive_prompt": 1, "other_script": 1])
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["repetitive_prompt": 2, "other_script": 2, "refusal": 2])
  }

  /// Neither threads nor the steps of a job change anything, wherever the rows of a prompt are.
  @Test(arguments: ["first", "best"]) func jobsDropTheSamePrompts(keep: String) throws {
    var generations = Generations(prompts: 60, seed: 5)
    // What differs are short parts of long texts; every third prompt is one of five, nearly.
    for index in generations.prompts.indices {
      let number = index % 3 == 0 ? index % 5 : index
      generations.prompts[index].text =
        Self.words((number * 100)..<(number * 100 + 80)) + " \(index)"
    }
    let bench = NSTemporaryDirectory() + "/dpo-prep-tests-\(UUID().uuidString).jsonl"
    defer { try? FileManager.default.removeItem(atPath: bench) }
    try #"{"q": "\#(Self.words(700..<750))"}"#.write(
      toFile: bench, atomically: true, encoding: .utf8)
    let settings = [
      "filters.contaminated.against=[\(bench)]", "filters.near_duplicates.similarity=0.8",
      "filters.near_duplicates.keep=\(keep)", "filters.repetition.share=0.9",
      "filters.scripts.names=[latin]", "filters.refusals=[caf\u{E9} plain]",
    ]
    let job = try JobCase(generations.scattered, settings)
    let manifest = try JSON.object(try #require(job.expected["manifest.json"]))
    #expect(JSON.count(manifest, "ledger.prompts.dropped.contaminated") == 1)
    #expect(JSON.count(manifest, "ledger.prompts.dropped.near_duplicate") == 18)
    #expect((JSON.count(manifest, "ledger.candidates.dropped.refusal") ?? 0) > 0)
    #expect(try job.job("run", "--workers", "2").status == 0)
    try job.expectSame(keep)
    // Another benchmark than the job was made with is an error.
    try job.workspace.succeed(
      ["job", "init", "prep.yaml", "OTHER", "input.paths=[in]", "output.dir=other"] + settings)
    try #"{"q": "\#(Self.words(0..<50))"}"#.write(
      toFile: bench, atomically: true, encoding: .utf8)
    let other = try job.workspace.dpoPrep(["job", "measure", "OTHER", "0", "-q"])
    #expect(other.status != 0 && other.errors.contains("not what it was when the job was made"))
  }

  /// An independent computation in Python, on planted cases.
  @Test(.enabled(if: Program.pythonHas("numpy"))) func theOracleFindsTheSame() throws {
    let workspace = try Workspace()
    let outcome = try workspace.oracle(
      "clean_prompts.py", ["check", Program.path, "4000", "1"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }
}
