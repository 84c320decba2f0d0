import Testing

@testable import Arguments
@testable import Terminal
@testable import Views
@testable import dpo_prep

/// `config diff`.
@Suite struct ConfigDiffTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in.jsonl")
    try workspace.write(
      "input: {paths: [in.jsonl]}\noutput: {dir: out, format: jsonl}\n", to: "a.yaml")
    try workspace.write(
      "extends: a.yaml\ncalibration:\n  frac: 0.50\n  characteristics: words\n", to: "b.yaml")
    return workspace
  }

  @Test func valuesAreComparedAndNotHowTheyAreWritten() throws {
    let workspace = try workspace()
    let outcome = try workspace.dpoPrep(["config", "diff", "a.yaml", "b.yaml"])
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        --- a.yaml
        +++ b.yaml
        calibration.characteristics
          - [{name: chars, alpha: 1.0}]  # default
          + [{name: words, alpha: 1.0}]  # b.yaml:4
        calibration.frac
          - 0.3  # default
          + 0.5  # b.yaml:3

        """)
    try workspace.write(
      "calibration: {frac: 5e-1, characteristics: [{name: words}]}\noutput: {format: 'jsonl', "
        + "dir: out}\ninput:\n  paths: in.jsonl\n", to: "c.yaml")
    let same = try workspace.succeed(["config", "diff", "b.yaml", "c.yaml"])
    #expect(same.output == "b.yaml and c.yaml: the same settings\n")
    let piped = try workspace.shell("cat c.yaml | \"$DPO_PREP\" config diff b.yaml -")
    #expect(piped.output == "b.yaml and standard input: the same settings\n")
  }

  @Test func recordedSettingsAreComparedToo() throws {
    let workspace = try workspace()
    // The folder is told as a relative path, whatever was written.
    try workspace.succeed([
      "run", "-q", "b.yaml", "input.paths=['\(workspace.path)/in.jsonl']", "pairs.seed=9",
    ])
    try workspace.succeed(["job", "init", "b.yaml", "JOB"])
    let outcome = try workspace.dpoPrep(["config", "diff", "--json", "b.yaml", "out"])
    #expect(outcome.status == 1)
    let told = try JSON.object(outcome.output)
    #expect(told["same"] as? Bool == false)
    #expect(told["new"] as? String == "out/manifest.json")
    let settings = try #require(told["settings"] as? [[String: Any]])
    #expect(settings.compactMap { $0["key"] as? String } == ["pairs.seed"])
    #expect(JSON.value(settings[0], "old.value") as? Int == 42)
    #expect(JSON.value(settings[0], "old.origin") as? String == "default")
    #expect(JSON.value(settings[0], "new.value") as? Int == 9)
    for (old, new) in [("JOB", "b.yaml"), ("out", "out/manifest.json"), ("JOB/job.json", "JOB")] {
      let same = try workspace.dpoPrep(["config", "diff", old, new])
      #expect(same.status == 0, "\(same.output)\(same.errors)")
    }
    // A curve that was fitted elsewhere sets aside how curves are fitted.
    try workspace.succeed([
      "run", "-q", "b.yaml", "calibration.curve=out/curve.json", "output.dir=again",
    ])
    let again = try workspace.dpoPrep([
      "config", "diff", "out", "again",
    ])
    #expect(again.status == 1)
    #expect(again.output.contains("not compared, as one of them does not record it: "))
    #expect(again.output.contains("calibration.curve\n  - null"))
  }

  @Test func axesAndMissingValuesAreTold() throws {
    let workspace = try workspace()
    try workspace.write("sweep: {pairs.seed: [1, 2]}\noutput: {dir: out}\n", to: "part.yaml")
    let outcome = try workspace.dpoPrep(["config", "diff", "a.yaml", "part.yaml"])
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        --- a.yaml
        +++ part.yaml
        input.paths
          - [in.jsonl]  # a.yaml:1
          + not set
        output.format
          - jsonl  # a.yaml:2
          + parquet  # default
        sweep.pairs.seed
          - not set
          + [1, 2]  # part.yaml:1

        """)
  }

  @Test(arguments: [
    (["a.yaml"], 64, "\"config diff\" takes two configurations, found 1"),
    (["a.yaml", "nix.yaml"], 66, "nix.yaml: error: no such configuration file"),
    (["a.yaml", "folder"], 78, "folder: error: this folder records no settings of dpo-prep"),
    (["bad.yaml", "a.yaml"], 78, "bad.yaml:1:1: error: unknown key \"inptu\""),
    (["manifest.json", "a.yaml"], 78, "manifest.json: error: this is not a document of dpo-prep"),
  ])
  func whatIsNoConfigurationIsAnError(operands: [String], status: Int32, error: String) throws {
    let workspace = try workspace()
    try workspace.write("inptu: {}\n", to: "bad.yaml")
    try workspace.write("", to: "folder/file")
    try workspace.write("{\"config\": {}}", to: "manifest.json")
    let outcome = try workspace.dpoPrep(["config", "diff"] + operands)
    #expect(outcome.status == status)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(error), "\(outcome.errors)")
  }
}

/// Values of manifests in a column.
@Suite struct ShortTextTests {
  @Test func differentTextsAreNeverTheSame() {
    let long = "/a/very/long/path/to/some/folder/of/generations"
    let digest = String(repeating: "0123456789abcdef", count: 4)
    let texts = [
      long + "/one.jsonl", long + "/two.jsonl", "/b" + long + "/one.jsonl", long + "/one.jsonl.gz",
      long + "/x/" + long + "/one.jsonl", digest, String(repeating: "fedcba9876543210", count: 4),
      String(digest.prefix(63)) + "0", "short", String(repeating: "x", count: 40),
      String(repeating: "x", count: 41), String(repeating: "x", count: 400),
    ]
    for old in texts {
      for new in texts {
        let (first, second) = ShortTexts.pair(old, new)
        #expect((first == second) == (old == new), "\(old) \(new): \(first ?? "")")
        #expect((first ?? "").count <= 60, "\(first ?? "")")
      }
      #expect(ShortTexts.pair(old, nil).old.map { $0.count <= 41 } == true)
      #expect(ShortTexts.pair(nil, old).old == nil)
    }
    #expect(ShortTexts.pair("short", "other") == ("short", "other"))
  }
}
