import Testing

/// Whole runs against a slow and plain reference that shares no code with the program.
@Suite(
  .enabled(
    if: Program.pythonHas("numpy", "zstandard"),
    "set DPO_PREP_PYTHON to a Python with numpy and zstandard"))
struct ReferenceTests {
  private static let hasTestData = Program.testData != nil
  private static let comment: Comment = "set DPO_PREP_TESTDATA to the folder of test data"

  /// Runs the case and holds the dataset and its ledger against the reference.
  private func check(_ test: ReferenceCase, paths: String = Program.checkout) throws {
    let workspace = try Workspace()
    let linked = try workspace.shell("ln -s '\(paths)'/* .")
    #expect(linked.status == 0)
    let outcome = try workspace.succeed(
      [
        "run", "--quiet", "--json", "prep.yaml", "output.dir=built", "pairs.ties=shorter",
        "calibration.scope=global",
      ] + test.settings)
    let reference = try Program.python.map {
      try workspace.start(
        $0,
        ["\(Program.checkout)/Tests/oracle/reference.py"] + test.options + ["--compare", "built"]
      ).wait()
    }
    let found = try #require(reference)
    #expect(found.status == 0, "\(found.output)\(found.errors)")

    let (ours, theirs) = (try JSON.object(outcome.output), try JSON.object(found.errors))
    for (name, path) in [
      ("rows_read", "rows.read"), ("rows_rejected", "rows.rejected"),
      ("candidates_read", "candidates.read"), ("candidates_kept", "candidates.kept"),
      ("prompts_read", "prompts.read"), ("prompts_paired", "prompts.paired"),
      ("prompts_uncalibrated", "prompts.uncalibrated"), ("pairs", "pairs"),
    ] {
      let count = JSON.count(ours, "ledger." + path)
      #expect(count != nil && count == theirs[name] as? Int, "\(name)")
    }
    for (name, path) in [
      ("candidates_dropped", "candidates.dropped"), ("prompts_dropped", "prompts.dropped"),
    ] {
      let counts = JSON.value(ours, "ledger." + path) as? [String: Int]
      #expect(counts != nil && counts == theirs[name] as? [String: Int], "\(name)")
    }
  }

  @Test(arguments: ReferenceCase.samples, ReferenceCase.pairing.filter { !$0.isForRealData })
  func pairsOfTheSamples(input: ReferenceCase, pairing: ReferenceCase) throws {
    try check(input + pairing)
  }

  @Test(arguments: ReferenceCase.methods + ReferenceCase.characteristics)
  func calibrationOfTheSamples(calibration: ReferenceCase) throws {
    try check(ReferenceCase.samples[0] + calibration)
  }

  private static let small = ReferenceCase(
    ["input.paths=[small-flat.jsonl]", "input.fields.reward=reward_logit"],
    ["small-flat.jsonl", "--reward", "reward_logit"])

  private static let carried = ReferenceCase(
    ["calibration.characteristics=['field:instruction_index']"],
    ["--characteristic", "field:instruction_index"])

  @Test(
    .enabled(if: hasTestData, comment),
    arguments: ReferenceCase.methods + ReferenceCase.characteristics + ReferenceCase.pairing
      + [carried])
  func realFlatRows(test: ReferenceCase) throws {
    try check(Self.small + test, paths: try #require(Program.testData))
  }

  @Test(
    .enabled(if: hasTestData, comment),
    arguments: [
      ReferenceCase(["calibration.frac=0.3"], ["--frac", "0.3"]),
      ReferenceCase(
        ["calibration.frac=0.9", "calibration.iterations=0", "split.test=0.1"],
        ["--frac", "0.9", "--iterations", "0", "--test-fraction", "0.1"]),
    ])
  func realNestedRows(test: ReferenceCase) throws {
    let input = ReferenceCase(
      [
        "input.paths=[alpacaeval-nested.jsonl.zst]", "input.fields.rewards=all_rm_scores_logit",
      ], ["alpacaeval-nested.jsonl.zst", "--rewards", "all_rm_scores_logit"])
    try check(input + test, paths: try #require(Program.testData))
  }
}
