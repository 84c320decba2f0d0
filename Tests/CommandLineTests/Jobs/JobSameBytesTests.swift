import Testing

/// A job makes byte for byte the dataset that `run` makes.
@Suite struct JobSameBytesTests {
  private static let forms: [(String, [String])] = [
    ("nested", ["split.test=0.2"]),
    ("nested", ["calibration.scope=global", "output.profiles=[alignment-handbook, kto]"]),
    ("adjacent", ["calibration.characteristics=[{name: chars, alpha: auto}]"]),
    ("adjacent", ["calibration.method=mean", "output.all_answers=true"]),
    ("scattered", ["calibration.frac=auto", "pairs.strategy=max_random"]),
    (
      "scattered",
      ["pairs.strategy=all", "pairs.per_prompt=3", "split.test=0.3"]
    ),
    ("scattered", ["output.format=parquet", "output.shard_rows=13", "run.memory=64MiB"]),
    ("models", ["pairs.agreement=0.6", "split.test=0.2"]),
    ("models", ["calibration.combine=mean_minus_sd", "calibration.transform=rank"]),
    ("models", ["calibration.each=true", "calibration.iterations=2", "pairs.strategy=all"]),
  ]

  @Test(arguments: forms) func layouts(layout: String, settings: [String]) throws {
    let generations = Generations(prompts: 60)
    let inputs =
      switch layout {
      case "nested": Self.parts(generations.nested)
      case "adjacent": Self.parts(generations.adjacent)
      case "models": generations.scatteredModels
      default: generations.scattered
      }
    let job = try JobCase(inputs, settings)
    #expect(try job.job("run", "--workers", "2").status == 0)
    try job.expectSame("\(layout) \(settings)")
  }

  /// Cuts after lines, three files that do not end with a prompt.
  private static func parts(_ text: String) -> [String] {
    let lines = text.split(separator: "\n").map { $0 + "\n" }
    let cuts = [0, lines.count / 3 + 1, lines.count / 2 + 1, lines.count]
    return zip(cuts, cuts.dropFirst()).map { lines[$0..<$1].joined() }
  }

  /// Malformed rows, repeated prompts and prompts without a pair are counted over all files.
  @Test func faultsAcrossFiles() throws {
    let lines = Generations(prompts: 40).nested.split(separator: "\n").map { $0 + "\n" }
    let inputs = [
      lines[..<20].joined() + "{nonsense\n", lines[10..<30].joined(),
      "{\"prompt\": \"alone\", \"all_generated_responses\": [\"a\"], \"all_rm_scores\": [1]}\n",
      "{nonsense\n" + lines[30...].joined(),
    ]
    // The first row of a file says how its rows are laid out, so it has to be whole.
    let ordered = inputs.map { $0.hasPrefix("{nonsense") ? lines[0] + $0 : $0 }
    let skip = ["input.on_error=skip"]
    let job = try JobCase(ordered, skip)
    #expect(try job.job("run").status == 0)
    try job.expectSame()

    let few = ["input.max_errors=1", "input.paths=[in]", "output.dir=few"]
    let run = try job.workspace.dpoPrep(["run", "-q", "prep.yaml"] + skip + few)
    try job.workspace.succeed(["job", "init", "prep.yaml", "FEW"] + skip + few)
    let parts = try job.workspace.dpoPrep(["job", "run", "FEW", "-q"])
    #expect(run.status == 65)
    #expect(parts.status == 65)
    #expect(!job.workspace.exists("few"))
    let status = try job.workspace.succeed(["job", "status", "FEW"]).output
    #expect(status.contains("failed: plan: "), "\(status)")
  }

  @Test func anyOrderSharesAndCopies() throws {
    let job = try JobCase(Generations(prompts: 40).scattered, ["split.test=0.2"])
    for step in JobCase.steps {
      for task in try job.tasks(of: step).reversed() {
        let copies = try (0..<3).map { _ in
          try job.workspace.start(["job", step, "JOB", "-q"] + task)
        }
        for copy in copies {
          let outcome = try copy.wait()
          #expect(outcome.status == 0, "\(step) \(task): \(outcome.errors)")
        }
      }
      if ["measure", "extract", "assemble"].contains(step) {
        let again = try job.workspace.succeed(["job", step, "JOB", "--shard", "0/1"])
        #expect(again.errors.contains(": 0 of "), "\(again.errors)")
      }
    }
    try job.expectSame()
  }

  /// Copies are named from where the command was typed, and stand for inputs that are elsewhere.
  @Test func copiesOfInputs() throws {
    let job = try JobCase(Generations(prompts: 30).scattered)
    let moved = try job.workspace.shell(
      """
      mv in there && mkdir here && cd here
      for step in measure extract; do
        for i in 0 1 2 3; do
          cp ../there/part-$i.jsonl copy.jsonl
          "$DPO_PREP" job $step ../JOB $i --input copy.jsonl -q || exit 1
        done
        if [ $step = measure ]; then "$DPO_PREP" job plan ../JOB -q || exit 1; fi
      done
      """)
    #expect(moved.status == 0, "\(moved.errors)")
    #expect(try job.job("run").status == 0)
    try job.expectSame()
  }
}
