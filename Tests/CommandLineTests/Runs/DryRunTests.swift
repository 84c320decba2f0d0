import Foundation
import Testing

/// `run --dry-run`: what a run would tell, and nothing on the disk.
@Suite struct DryRunTests {
  @Test func itTellsWhatTheRunDoesAndWritesNothing() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 150, seed: 7).nested, to: "in.jsonl")
    let settings = [
      "split.test=0.2", "output.profiles=[alignment-handbook, kto]", "output.shard_rows=50",
      "input.limit=120",
    ]
    let arguments = ["--json", "prep.yaml", "input.paths=[in.jsonl]"] + settings
    var dry = try JSON.object(try workspace.succeed(["run", "--dry-run"] + arguments).output)
    #expect(try workspace.names() == ["in.jsonl"])
    var run = try JSON.object(try workspace.succeed(["run"] + arguments).output)
    #expect(dry.removeValue(forKey: "dry_run") as? Bool == true)
    let files = try #require(dry.removeValue(forKey: "files") as? [[String: Any]])
    let manifest = try workspace.object(in: "out/manifest.json")
    let outputs = try #require(manifest["outputs"] as? [[String: Any]])
    #expect(files.map { $0["path"] as? String } == outputs.map { $0["path"] as? String })
    #expect(files.map { $0["rows"] as? Int } == outputs.map { $0["rows"] as? Int })
    for key in ["timings"] { (dry[key], run[key]) = (nil, nil) }
    #expect(JSON.areSame(dry, run))
  }

  @Test func itNeedsNoFolderAndLeavesNothing() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 40).nested, to: "in.jsonl")
    let outcome = try workspace.succeed(["run", "in.jsonl", "--dry-run", "--limit", "30"])
    #expect(outcome.output.hasPrefix("dry run: a dataset of "))
    #expect(outcome.output.contains("data/train-00000-of-00001.parquet"))
    #expect(outcome.output.contains("dropped: beyond_limit"))
    #expect(outcome.output.contains("    longer chosen "))
    #expect(outcome.output.contains("Nothing was written"))
    let piped = try workspace.shell(
      "mkdir tmp; cat in.jsonl | $DPO_PREP run --dry-run -q prep.yaml input.paths=[-] run.tmp_dir=tmp"
    )
    #expect(piped.status == 0, "\(piped.errors)")
    #expect(try workspace.names() == ["in.jsonl", "tmp"])
    #expect(try workspace.names(in: "tmp").isEmpty)
  }

  /// An output that stands in the way is no error here: what a run would do with it is told.
  @Test func anOutputInTheWayIsToldOf() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 40).nested, to: "in.jsonl")
    try workspace.write("", to: "out/mine.txt")
    let outcome = try workspace.succeed(["run", "in.jsonl", "--dry-run", "-o", "out"])
    #expect(
      outcome.errors.contains("warning: the output folder exists and is not empty"),
      "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("dry run: out of "))
    #expect(try workspace.names(in: "out") == ["mine.txt"])
    #expect(try workspace.dpoPrep(["run", "in.jsonl"]).status == 64)
  }
}
