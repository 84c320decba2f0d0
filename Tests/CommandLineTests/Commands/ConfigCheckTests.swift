import Foundation
import Testing

/// `config check`: settings, and what they name.
@Suite struct ConfigCheckTests {
  @Test func everythingThatWouldEndARunIsToldAtOnce() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 4).nested, to: "good.jsonl")
    try workspace.write("{\"a\": 1}\n", to: "other.jsonl")
    try workspace.write(
      "{\"prompt\": \"p\", \"response\": \"r\", \"reward\": \"high\"}\n", to: "bad.jsonl")
    try workspace.write("", to: "empty.jsonl")
    try workspace.write(
      """
      input: {paths: [good.jsonl, no.jsonl, "*.gz", other.jsonl, bad.jsonl]}
      calibration: {curve: no.json, labels: l.jsonl}
      output: {dir: good.jsonl}
      run: {tmp_dir: nowhere}
      """, to: "all.yaml")
    let outcome = try workspace.dpoPrep(["config", "check", "all.yaml"])
    #expect(outcome.status == 66)
    #expect(outcome.output.isEmpty)
    for text in [
      "no.jsonl: error: no such file or folder", "*.gz: error: no file matches this pattern",
      "other.jsonl:1:1: error: no field", "bad.jsonl:1:", "no.json: error: no such file",
      "l.jsonl: error: no such file or folder", "nowhere: error: cannot write into this folder",
      "good.jsonl: error: the output folder is a file",
    ] {
      #expect(outcome.errors.contains(text), "\(text) in \(outcome.errors)")
    }
    let alone = try workspace.succeed(["config", "check", "all.yaml", "--no-inputs"])
    #expect(alone.output == "all.yaml: valid\n" && alone.errors.isEmpty)
    let skipping = try workspace.dpoPrep(
      [
        "config", "check", "all.yaml", "input.on_error=skip", "input.paths=[bad.jsonl]",
        "calibration.curve=null", "calibration.labels=null", "output.dir=out", "run.tmp_dir=null",
      ])
    #expect(skipping.status == 0)
    #expect(skipping.errors.hasPrefix("bad.jsonl:1:") && skipping.errors.contains(": warning: "))
    let wrong = try workspace.dpoPrep(["config", "check", "all.yaml", "pairs.seed=-1"])
    #expect(wrong.status == 78)
  }

  @Test func aRunThatCanBeginIsSaidSo() throws {
    let workspace = try Workspace()
    for (index, text) in Generations(prompts: 40, answers: 2).scattered.enumerated() {
      try workspace.write(text, to: "in/\(index).jsonl")
    }
    let operands = ["config", "check", "prep.yaml", "input.paths=[in]"]
    let outcome = try workspace.succeed(operands)
    #expect(outcome.output == "prep.yaml: valid; 2 input files can be read\n")
    #expect(try workspace.names() == ["in"])
    let stream = try workspace.succeed(["config", "check", "prep.yaml", "input.paths=[-]"])
    #expect(stream.output == "prep.yaml: valid; streams are not looked into\n")
    let named = try workspace.succeed(operands + ["input.fields.prompt_id=key"])
    #expect(named.errors.contains("no first row has a value for \"key\""))
    // What a run would say, and when.
    let run = try workspace.dpoPrep(
      ["run", "-q"] + operands.dropFirst(2) + ["input.fields.prompt_id=key"])
    #expect(run.status == 65)
    try workspace.succeed(["run", "-q"] + operands.dropFirst(2))
    #expect(try workspace.dpoPrep(operands).status == 73)
    #expect(try workspace.dpoPrep(operands + ["output.overwrite=true"]).status == 0)
  }

  @Test func manyFaultsOfOneKindDoNotBuryTheOthers() throws {
    let workspace = try Workspace()
    for index in 0..<70 { try workspace.write("{}\n", to: "in/\(index).jsonl") }
    let outcome = try workspace.dpoPrep(["config", "check", "prep.yaml", "input.paths=[in]"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.components(separatedBy: ": error: ").count == 51)
    #expect(outcome.errors.contains("20 further problems are not shown"))
  }
}
