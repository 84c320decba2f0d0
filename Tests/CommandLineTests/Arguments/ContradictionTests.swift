import Foundation
import Testing

/// Options that stand for settings, beside settings that say something else.
@Suite struct ContradictionTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in.jsonl")
    return workspace
  }

  @Test(arguments: [
    (["run", "in.jsonl", "-o", "out", "--limit", "7", "input.limit=3"], "--limit"),
    (["run", "in.jsonl", "--output=out", "output.dir=other"], "-o"),
    (["run", "in.jsonl", "-o", "out", "input.paths=[other.jsonl]"], "INPUT"),
    (["run", "in.jsonl", "-o", "out", "input.paths.0=other.jsonl"], "INPUT"),
    (["run", "prep.yaml", "in.jsonl", "--limit=7", "input.limit=many", "--dry-run"], "--limit"),
    (["fit", "in.jsonl", "--limit", "7", "input.limit=8"], "--limit"),
    (["score", "in.jsonl", "input.paths=[]"], "INPUT"),
    (["sweep", "in.jsonl", "-o", "out-{n}", "output.dir=out-{n}-2", "pairs.seed=[1,2]"], "-o"),
    (["sweep", "in.jsonl", "--no-data", "--limit", "9", "input.limit=[9,10]"], "--limit"),
  ])
  func anOptionAndASettingDiffer(arguments: [String], option: String) throws {
    let workspace = try workspace()
    let before = try workspace.names(in: ".")
    let outcome = try workspace.dpoPrep(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("error: \"\(option)\" and \""), "\(outcome.errors)")
    #expect(outcome.errors.contains("say different things"), "\(outcome.errors)")
    #expect(try workspace.names(in: ".") == before)
  }

  /// What says the same twice is fine, and what a file says is there to be changed.
  @Test(arguments: [
    ["run", "in.jsonl", "-o", "out", "--limit", "7", "input.limit=7", "--dry-run"],
    ["run", "in.jsonl", "-o", "out", "output.dir=out", "--dry-run"],
    ["run", "in.jsonl", "-o", "out", "input.paths=in.jsonl", "--dry-run"],
    ["run", "limited.yaml", "-o", "out", "--limit", "7", "--dry-run"],
  ])
  func whatAgreesIsTaken(arguments: [String]) throws {
    let workspace = try workspace()
    try workspace.write(
      "input: {paths: [in.jsonl], limit: 3}\noutput: {dir: elsewhere}\n", to: "limited.yaml")
    try workspace.succeed(arguments)
  }
}
