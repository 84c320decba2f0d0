import Testing

/// The examples do what they say, up to where a trainer takes over.
@Suite(
  .enabled(
    if: Program.pythonHas("datasets", "yaml"),
    "set DPO_PREP_PYTHON to a Python with datasets and PyYAML"))
struct ExampleTests {
  @Test func theTrainingScriptMakesAndLoadsADataset() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60).nested, to: "in.jsonl")
    let done = try workspace.example([
      "--no-train", "--set", "input.paths=[in.jsonl]", "output.dir=made", "split.test=0.1",
    ])
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.contains("60 pairs in made\n"), "\(done.output)")
    #expect(done.output.contains(" rows: prompt, chosen, rejected, prompt_id, "))
    let again = try workspace.example(["--no-train", "--dataset", "made"])
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test func aMissingProgramIsExplained() throws {
    let workspace = try Workspace()
    let script = "\(Program.checkout)/examples/train_dpo.py"
    let done = try workspace.python([script, "--no-train", "--dpo-prep", "none-of-this-name"])
    #expect(done.status == 1)
    #expect(
      done.errors.contains("there is no program 'none-of-this-name' on the path")
        && done.errors.contains("scripts/quickstart.sh") && !done.errors.contains("Traceback"))
  }

  @Test(arguments: [
    (["input.paths=[none.jsonl]"], "an input file is missing"),
    (["input.paths=[in.jsonl]", "calibration.frac=7"], "the configuration is wrong"),
    (["input.paths=[in.jsonl]", "filters.min_chars=100000"], "the data are not usable"),
  ])
  func failuresAreNamed(settings: [String], reason: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in.jsonl")
    let done = try workspace.example(["--no-train", "--set", "output.dir=made"] + settings)
    #expect(done.status == 1)
    #expect(done.errors.contains("dpo-prep made no dataset: \(reason)"), "\(done.errors)")
    #expect(!workspace.exists("made"))
  }
}
