import Foundation
import TestSupport
import Testing

/// `input.limit`: a sample of prompts instead of all of them.
@Suite struct LimitTests {
  private static let settings = ["calibration.intervals=false", "report.html=false"]

  /// The ids of a dataset's prompts, each once.
  private static func prompts(_ workspace: Workspace, _ folder: String) throws -> Set<String> {
    var ids: Set<String> = []
    for rows in try workspace.rows(of: folder).values {
      for row in rows { ids.insert(try #require(JSON.object(row)["prompt_id"] as? String)) }
    }
    return ids
  }

  private static func run(
    _ workspace: Workspace, _ input: String, _ folder: String, _ settings: String...
  ) throws -> [String: Any] {
    try JSON.object(
      try workspace.succeed(
        ["run", "--json", "prep.yaml", "input.paths=[\(input)]", "output.dir=\(folder)"]
          + Self.settings + settings
      ).output)
  }

  /// A sample is what a run of its prompts alone would be, and the rest has its place in the ledger.
  @Test func aSampleIsAsGoodAsAnInputOfItsPrompts() throws {
    let workspace = try Workspace()
    let generations = Generations(prompts: 200, seed: 3)
    try workspace.write(generations.nested, to: "all.jsonl")
    let summary = try Self.run(workspace, "all.jsonl", "sample", "input.limit=60")
    let taken = try Self.prompts(workspace, "sample")
    #expect(JSON.count(summary, "ledger.prompts.dropped.beyond_limit") == 140)
    #expect(JSON.count(summary, "ledger.candidates.dropped.beyond_limit") == 560)
    #expect(JSON.count(summary, "ledger.candidates.read") == 800)
    #expect(JSON.value(summary, "ledger.balanced") as? Bool == true)
    #expect(taken.count == 60)

    var own = generations
    own.prompts = generations.prompts.filter { taken.contains($0.id) }
    try workspace.write(own.nested, to: "own.jsonl")
    _ = try Self.run(workspace, "own.jsonl", "own")
    #expect(try workspace.rows(of: "own") == workspace.rows(of: "sample"))
    #expect(try workspace.read("own/curve.json") == workspace.read("sample/curve.json"))
  }

  @Test func neitherOrderNorFilesNorThreadsDecide() throws {
    let workspace = try Workspace()
    var generations = Generations(prompts: 150, seed: 4)
    try workspace.write(generations.nested, to: "nested.jsonl")
    for (index, text) in generations.scattered.enumerated() {
      try workspace.write(text, to: "flat/\(index).jsonl")
    }
    var random = SeededRandom(seed: 9)
    generations.prompts.shuffle(using: &random)
    try workspace.write(generations.adjacent, to: "shuffled.jsonl")
    _ = try Self.run(workspace, "nested.jsonl", "a", "input.limit=40", "run.threads=1")
    let taken = try Self.prompts(workspace, "a")
    for (input, threads) in [("flat", 4), ("shuffled.jsonl", 2)] {
      _ = try Self.run(
        workspace, input, "b", "input.limit=40", "run.threads=\(threads)",
        "output.overwrite=true")
      #expect(try Self.prompts(workspace, "b") == taken)
    }
    _ = try Self.run(workspace, "flat", "c", "input.limit=90")
    #expect(try taken.isSubset(of: Self.prompts(workspace, "c")))
    _ = try Self.run(workspace, "flat", "d", "input.limit=40", "input.limit_seed=1")
    #expect(try Self.prompts(workspace, "d") != taken)
    // More than there are is all, and nothing is dropped for it.
    let all = try Self.run(workspace, "flat", "e", "input.limit=1000")
    #expect(JSON.count(all, "ledger.prompts.paired") == 150)
    #expect(JSON.value(all, "ledger.prompts.dropped.beyond_limit") == nil)
  }

  /// What cannot be used is not taken, whatever its hash, and answers of prompts that are not taken
  /// are counted there alone.
  @Test func unusablePromptsAreNotTaken() throws {
    let workspace = try Workspace()
    var rows = (0..<20).map {
      #"{"prompt_id": "p\#($0)", "prompt": "q\#($0)", "all_generated_responses": ["a", "bc", null], "#
        + #""all_rm_scores": [1, 2, 3]}"#
    }
    rows += (0..<10).flatMap { id in
      ["x", "y"].map {
        #"{"prompt_id": "c\#(id)", "prompt": "\#($0)", "all_generated_responses": ["a", "b"], "#
          + #""all_rm_scores": [1, 2]}"#
      }
    }
    try workspace.write(rows.joined(separator: "\n"), to: "rows.jsonl")
    let summary = try Self.run(
      workspace, "rows.jsonl", "out", "input.limit=15", "input.id_conflicts=drop",
      "calibration.method=none")
    #expect(
      JSON.value(summary, "ledger.prompts.dropped") as? [String: Int]
        == ["beyond_limit": 5, "duplicate_prompt_id_with_other_prompt": 20])
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["beyond_limit": 15, "missing_response": 15, "conflicting_prompt_id": 40])
    #expect(JSON.count(summary, "ledger.prompts.paired") == 15)
  }

  @Test func jobsTakeTheSamePrompts() throws {
    let job = try JobCase(
      Generations(prompts: 60, seed: 5).scattered, ["input.limit=25", "input.limit_seed=3"])
    for step in JobCase.steps {
      for task in try job.tasks(of: step) {
        let outcome = try job.workspace.dpoPrep(["job", step, "JOB", "-q"] + task)
        #expect(outcome.status == 0)
      }
    }
    try job.expectSame()
  }

  @Test func sweepsMakeTheDatasetsOfRuns() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 80, seed: 6).adjacent, to: "rows.jsonl")
    try workspace.succeed(
      [
        "sweep", "-q", "prep.yaml", "input.paths=[rows.jsonl]", "input.limit=[20,50]", "-o",
        "v-{n}",
      ]
        + Self.settings)
    for (number, limit) in [(1, 20), (2, 50)] {
      _ = try Self.run(workspace, "rows.jsonl", "r-\(number)", "input.limit=\(limit)")
      #expect(
        try workspace.rows(of: "v-\(number)") == workspace.rows(of: "r-\(number)"))
    }
  }
}
