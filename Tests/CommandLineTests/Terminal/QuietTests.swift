import Foundation
import Testing

/// `-q`: no notes, no progress, no summary of what was written, but all that was asked for.
@Suite struct QuietTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60).nested, to: "in.jsonl")
    return workspace
  }

  /// Commands whose result goes to standard output print it all the same.
  @Test(arguments: [
    ["run", "prep.yaml", "input.paths=[in.jsonl]", "--dry-run"], ["inspect", "in.jsonl"],
    ["fit", "in.jsonl"], ["score", "in.jsonl"],
    ["sweep", "in.jsonl", "--no-data", "pairs.seed=[1,2]"],
    ["audit", "made"], ["diff", "made", "made"], ["validate", "made"], ["verify", "made"],
    ["config", "schema"], ["help", "run"], ["version"],
  ])
  func resultsArePrinted(arguments: [String]) throws {
    let workspace = try workspace()
    try workspace.succeed(["run", "in.jsonl", "-o", "made"])
    let loud = try workspace.dpoPrep(arguments)
    let quiet = try workspace.dpoPrep(arguments + ["-q"])
    #expect(quiet.status == loud.status)
    // Times differ.
    func shown(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.contains(" s") }
    }
    #expect(shown(quiet.output) == shown(loud.output))
    #expect(!quiet.output.isEmpty)
    #expect(!quiet.errors.contains("note:"))
  }

  @Test func figuresArePrintedWithoutTheSummary() throws {
    let workspace = try workspace()
    let outcome = try workspace.dpoPrep(["run", "in.jsonl", "-o", "out", "--plot", "-q"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Bias of the reward by chars"))
    #expect(!outcome.output.contains("rows read"))
  }

  @Test func whatWasWrittenIsNotToldOf() throws {
    let workspace = try workspace()
    for arguments in [["run", "in.jsonl", "-o", "out"], ["score", "in.jsonl", "-o", "s.jsonl"]] {
      #expect(try workspace.dpoPrep(arguments + ["-q"]).output.isEmpty)
    }
  }

  /// A curve that is removed otherwise than it was saved changes the data: a warning, not a note.
  @Test func warningsStay() throws {
    let workspace = try workspace()
    try workspace.succeed(["fit", "in.jsonl", "-o", "curve.json"])
    let outcome = try workspace.dpoPrep([
      "run", "in.jsonl", "-o", "out", "-q", "calibration.curve=curve.json",
      "calibration.characteristics.0.name=chars", "calibration.characteristics.0.alpha=0.5",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("warning: alpha 0.5 is used for chars"))
  }
}
