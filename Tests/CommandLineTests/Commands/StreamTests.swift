import Foundation
import Testing

/// What comes in through standard input and goes out through standard output.
@Suite struct StreamTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 120).adjacent, to: "in.jsonl")
    try workspace.write(
      "input: {paths: [in.jsonl]}\noutput: {dir: out, format: jsonl}\nsplit: {test: 0.2}\n",
      to: "whole.yaml")
    try workspace.succeed(["run", "-q", "whole.yaml"])
    return workspace
  }

  @Test func dataFromStandardInput() throws {
    let workspace = try workspace()
    let piped = try workspace.shell(
      "gzip -c in.jsonl | \"$DPO_PREP\" run -q whole.yaml 'input.paths=[\"-\"]' output.dir=piped")
    #expect(piped.status == 0, "\(piped.errors)")
    let isSame = try workspace.contents(of: "piped/data") == workspace.contents(of: "out/data")
    #expect(isSame)
    let manifest = try workspace.object(in: "piped/manifest.json")
    let inputs = try #require(manifest["inputs"] as? [[String: Any]])
    #expect(inputs.first?["path"] as? String == "<stdin>")
    #expect(inputs.first?["rows"] as? Int == 480)
    #expect(try workspace.names().allSatisfy { !$0.hasPrefix("dpo-prep-input") })
  }

  /// Commands on datasets read them more than once, which a stream allows as a copy.
  @Test(arguments: ["audit", "validate"])
  func datasetsFromStreams(command: String) throws {
    let workspace = try workspace()
    #expect(try workspace.shell("zstd -dcf out/data/train* > pairs.jsonl").status == 0)
    func figures(_ operand: String) throws -> [String: Any] {
      let outcome = try workspace.shell(
        "cat pairs.jsonl | \"$DPO_PREP\" \(command) -q --json \(operand)")
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try JSON.object(outcome.output).filter { $0.key != "dataset" }
    }
    let whole = try figures("pairs.jsonl")
    #expect(JSON.areSame(try figures("-"), whole))
    #expect(JSON.areSame(try figures("/dev/stdin"), whole))
    let same = try workspace.shell("cat pairs.jsonl | \"$DPO_PREP\" diff -q - pairs.jsonl")
    #expect(same.status == 0, "\(same.errors)")
  }

  @Test func configurationFromStandardInput() throws {
    let workspace = try workspace()
    try workspace.succeed(["run", "-q", "-", "output.dir=other"], input: "whole.yaml")
    let isSame = try workspace.contents(of: "other/data") == workspace.contents(of: "out/data")
    #expect(isSame)
    let both = try workspace.dpoPrep(
      ["run", "-q", "-", "input.paths=[\"-\"]"], input: "whole.yaml")
    #expect(both.status == 78)
    #expect(both.errors.contains("standard input cannot hold both"))
  }

  @Test func notesAndProgressStayOutOfStandardOutput() throws {
    let workspace = try workspace()
    let outcome = try workspace.succeed(["run", "--json", "whole.yaml", "output.dir=json"])
    #expect(outcome.errors.hasPrefix("dpo-prep: note: rows are flat"))
    #expect(try JSON.object(outcome.output)["output"] as? String == "json")
    #expect(!outcome.errors.contains("\u{1B}"))
    let quiet = try workspace.succeed(["run", "-q", "whole.yaml", "output.dir=quiet"])
    #expect(quiet.output.isEmpty)
    #expect(quiet.errors.isEmpty || quiet.errors.contains("warning"))
  }

  @Test func theSummaryTellsWhatTheManifestTells() throws {
    let workspace = try workspace()
    let table = try workspace.succeed(["run", "whole.yaml", "output.dir=table"]).output
    let json = try workspace.succeed(["run", "--json", "whole.yaml", "output.dir=json"]).output
    let summary = try JSON.object(json)
    let manifest = try workspace.object(in: "json/manifest.json")
    for name in ["ledger", "diagnostics", "layout"] {
      #expect(JSON.areSame(summary[name], manifest[name]), "\(name)")
    }
    let pairs = try #require(JSON.count(summary, "ledger.pairs"))
    let rows = try workspace.rows(of: "json")
    #expect(rows["train"].map(\.count).map { $0 + (rows["test"]?.count ?? 0) } == pairs)
    let splits = try #require(summary["splits"] as? [[String: Any]])
    for split in splits {
      let name = try #require(split["split"] as? String)
      #expect(split["rows"] as? Int == rows[name]?.count)
    }
    #expect(
      table.hasPrefix("table: \(pairs) pairs (\(rows["train"]?.count ?? 0) train, "))
    #expect(table.contains("  candidates kept  480\n"))
    let timings = try #require(summary["timings"] as? [String: Double])
    #expect(timings.keys.sorted() == ["emit", "fit", "pair", "scan"])
    #expect(timings.values.allSatisfy { $0 >= 0 })
  }

  @Test(
    .enabled(if: Program.pythonHas("json"), "set DPO_PREP_PYTHON"),
    arguments: [
      ["run", "--json", "whole.yaml", "output.dir=p"], ["inspect", "--json", "in.jsonl"],
    ])
  func pythonReadsTheJSON(arguments: [String]) throws {
    let workspace = try workspace()
    let line = arguments.joined(separator: " ")
    let outcome = try workspace.shell(
      "\"$DPO_PREP\" \(line) | '\(Program.python ?? "")' -c 'import json, sys; json.load(sys.stdin)'"
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
