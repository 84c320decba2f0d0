import Foundation
import Testing

/// A sweep gives what `run` gives of each combination, and tells what differs.
@Suite struct SweepCommandTests {
  private func workspace(prompts: Int = 150) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: prompts).nested, to: "in.jsonl")
    return workspace
  }

  /// Axes, as many variants as they make, and the settings of each.
  struct Case: Sendable, CustomTestStringConvertible {
    let axes: [(key: String, values: [String])]
    let settings: [String]
    var testDescription: String { axes.map(\.key).joined(separator: ", ") }

    init(_ axes: [(key: String, values: [String])], _ settings: [String] = []) {
      (self.axes, self.settings) = (axes, settings)
    }

    /// The settings of every variant, the last axis changing fastest.
    var variants: [[String]] {
      axes.reduce([[]]) { variants, axis in
        variants.flatMap { variant in axis.values.map { variant + ["\(axis.key)=\($0)"] } }
      }
    }
  }

  static let cases = [
    Case([
      ("calibration.frac", ["0.2", "0.6"]), ("calibration.scope", ["global", "within_prompt"]),
      ("calibration.transform", ["none", "rank", "zscore"]),
    ]),
    Case(
      [
        ("pairs.strategy", ["max_min", "max_random", "all"]),
        ("pairs.min_margin", ["0.0", "0.4"]),
      ], ["split.test=0.2"]),
    Case(
      [
        ("output.format", ["parquet", "jsonl"]), ("output.profiles", ["[trl]", "[kto, h4]"]),
        ("output.all_answers", ["false", "true"]),
      ], ["calibration.intervals=false"]),
    Case(
      [
        ("calibration.characteristics", ["[words]", "[chars, markdown]"]),
        ("filters.max_chars", ["null", "200"]), ("pairs.seed", ["1", "2"]),
      ], ["pairs.strategy=max_random", "report.html=false"]),
    // Some read the models of answers and some do not.
    Case(
      [
        ("calibration.scope", ["global", "within_prompt"]),
        ("calibration.model_effects", ["auto", "never"]),
      ], ["input.fields.model=by"]),
  ]

  @Test(arguments: cases)
  func everyVariantIsARun(example: Case) throws {
    let workspace = try Workspace()
    let nested = Generations(prompts: 150).nested.split(separator: "\n")
    let rows = nested.enumerated().map { number, row in
      let models = (0..<4).map { "\"m\((number + $0) % 3)\"" }
      return row.dropLast() + ", \"by\": [\(models.joined(separator: ", "))]}\n"
    }
    // A malformed row goes to the rejects of every dataset.
    try workspace.write(rows.joined() + "[]\n", to: "in.jsonl")
    try expectRuns(workspace, example, ["in.jsonl", "input.on_error=skip"], hasRejects: true)
  }

  /// All datasets are written in one pass over the input, whatever the pass has to do for the pairs.
  @Test(arguments: [("scattered", "64MiB"), ("scattered", "512MiB"), ("kept", "2GiB")])
  func anyInput(kind: String, memory: String) throws {
    let workspace = try Workspace()
    let generations = Generations(prompts: 300, words: 200, seed: 4)
    var inputs = ["in.jsonl.xz"]
    if kind == "kept" {
      try workspace.write(generations.nested, to: "in.jsonl")
      #expect(try workspace.shell("xz in.jsonl").status == 0)
    } else {
      inputs = try generations.scattered.enumerated().map { number, text in
        try workspace.write(text, to: "\(number).jsonl")
        return "\(number).jsonl"
      }
    }
    let example = Case(
      [
        ("pairs.strategy", ["max_min", "top_bottom", "all"]), ("calibration.frac", ["0.2", "0.8"]),
        ("output.format", ["parquet", "jsonl"]),
      ], ["split.test=0.3", "output.all_answers=true", "run.memory=\(memory)"])
    try expectRuns(workspace, example, inputs, hasRejects: false)
  }

  /// Holds every variant of a sweep against the run with its settings.
  private func expectRuns(
    _ workspace: Workspace, _ example: Case, _ inputs: [String], hasRejects: Bool
  ) throws {
    let common = inputs + example.settings
    let lists = example.axes.map { "\($0.key)=[\($0.values.joined(separator: ", "))]" }
    try workspace.succeed(["sweep", "-q", "-o", "all/{n}"] + common + lists)
    let moved = try workspace.shell("mv all swept")
    #expect(moved.status == 0)
    let variants = example.variants
    let digits = String(variants.count).count
    #expect(try workspace.names(in: "swept").count == variants.count)
    for (index, variant) in variants.enumerated() {
      let name = String(index + 1)
      let folder = String(repeating: "0", count: digits - name.count) + name
      try workspace.succeed(["run", "-q", "-o", "all/\(folder)"] + common + variant)
      let (found, expected) = (
        try workspace.contents(of: "swept/\(folder)"), try workspace.contents(of: "all/\(folder)")
      )
      #expect(found.keys.sorted() == expected.keys.sorted())
      #expect((found["rejects.jsonl.zst"] != nil) == hasRejects)
      for (file, bytes) in expected where file != "manifest.json" {
        let isSame = found[file] == bytes
        #expect(isSame, "\(folder)/\(file)")
      }
      var manifests = try [found, expected].map { try JSON.object($0["manifest.json"] ?? []) }
      for index in manifests.indices {
        // Times differ, and with them the manifest's own digest.
        #expect(manifests[index].removeValue(forKey: "timings") != nil)
        #expect(manifests[index].removeValue(forKey: "memory") != nil)
        #expect(manifests[index].removeValue(forKey: "manifest_sha256") != nil)
      }
      #expect(JSON.areSame(manifests[0], manifests[1]))
    }
  }

  /// The table's figures against those of the datasets, which are read back.
  @Test func figuresAreThoseOfTheDatasets() throws {
    let workspace = try workspace()
    let axes = ["calibration.frac=[0.2, 0.9]", "pairs.strategy=[max_min, all]"]
    let outcome = try workspace.dpoPrep(
      ["sweep", "-q", "--json", "prep.yaml", "input.paths=[in.jsonl]", "output.dir=o{n}"] + axes)
    #expect(outcome.status == 0)
    let result = try JSON.object(outcome.output)
    let variants = try #require(result["variants"] as? [[String: Any]])
    #expect(variants.count == 4 && result["scans"] as? Int == 1)
    var first: Set<String> = []
    for (index, variant) in variants.enumerated() {
      let pairs = try (workspace.rows(of: "o\(index + 1)")["train"] ?? []).map(WrittenPair.init)
      #expect(variant["output"] as? String == "o\(index + 1)")
      #expect(JSON.count(variant, "summary.ledger.pairs") == pairs.count)
      let dropped = 150 - Set(pairs.map(\.prompt)).count
      #expect(variant["prompts_dropped"] as? Int == dropped)
      let own = Set(pairs.map(\.description))
      if index == 0 { first = own }
      let same = first.intersection(own).count
      #expect(variant["same_pairs"] as? Int == same)
      // Foundation may read the last digit of a number wrongly.
      let part = try #require(variant["same_pairs_share"] as? Double)
      #expect(abs(part - Double(same) / Double(first.count)) < 1e-12)
      let longer = pairs.count { $0.lengths[0] > $0.lengths[1] }
      let share = try #require(
        JSON.value(variant, "summary.diagnostics.after.longer_chosen") as? Double)
      #expect(abs(share - Double(longer) / Double(pairs.count)) < 1e-12)
    }
    // Not the same pairs throughout, or there would be nothing to see.
    #expect(variants[1]["same_pairs"] as? Int != variants[2]["same_pairs"] as? Int)

    // Without data the figures are the same.
    let figures = try workspace.dpoPrep(
      ["sweep", "-q", "--json", "--no-data", "in.jsonl"] + axes)
    let others = try #require(try JSON.object(figures.output)["variants"] as? [[String: Any]])
    for (variant, other) in zip(variants, others) {
      #expect(other["output"] is NSNull)
      for path in ["settings", "same_pairs", "summary.ledger", "summary.diagnostics"] {
        #expect(JSON.areSame(JSON.value(variant, path), JSON.value(other, path)), "\(path)")
      }
    }
    #expect(try workspace.names() == ["in.jsonl", "o1", "o2", "o3", "o4"])
  }

  /// A variant without a pair is told, and the others are made.
  @Test func aVariantFailsAlone() throws {
    let workspace = try workspace()
    let outcome = try workspace.dpoPrep([
      "sweep", "-q", "in.jsonl", "-o", "o{n}", "pairs.min_margin=[0.0, 1000.0, 0.1]",
      "--html", "sweep.html",
    ])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("error: variant 2: no pair came out of 150 prompts"))
    #expect(try workspace.names() == ["in.jsonl", "o1", "o3", "sweep.html"])
    let rows = outcome.output.split(separator: "\n")
    #expect(rows[0].hasPrefix("3 variants, 1 failed, 1 scan of the input; "))
    #expect(rows.contains { $0.hasPrefix("  2      1000.0  failed        –") })
    #expect(try workspace.text(of: "sweep.html").contains("2: no pair came out of"))
    try workspace.succeed(["verify", "-q", "o3"])

    // Where all fail there is no result.
    let nothing = try workspace.dpoPrep([
      "sweep", "-q", "in.jsonl", "-o", "p{n}", "pairs.min_margin=[1000.0, 2000.0]",
    ])
    #expect(nothing.status == 65 && nothing.output.isEmpty)
    #expect(nothing.errors.hasPrefix("dpo-prep: error: no pair came out"))
    #expect(try workspace.names() == ["in.jsonl", "o1", "o3", "sweep.html"])
  }

  /// What one scan meets fails the variants that share it.
  @Test func aScanFailsAlone() throws {
    let workspace = try workspace()
    try workspace.write("{}\n", to: "bad.jsonl")
    let arguments = [
      "sweep", "-q", "prep.yaml", "output.dir=o{n}", "input.paths=[[in.jsonl], [bad.jsonl]]",
      "pairs.seed=[1, 2]",
    ]
    let outcome = try workspace.dpoPrep(arguments)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("bad.jsonl"))
    #expect(outcome.errors.contains("error: variants 3-4: "))
    #expect(try workspace.names() == ["bad.jsonl", "in.jsonl", "o1", "o2"])
  }

  @Test func datasetsThatAreThereAreKept() throws {
    let workspace = try workspace()
    let sweep = ["sweep", "-q", "in.jsonl", "-o", "o{n}", "calibration.frac=[0.2, 0.5]"]
    try workspace.write("mine", to: "o2/file")
    let refused = try workspace.dpoPrep(sweep)
    #expect(refused.status == 73 && refused.errors.contains("o2: error: the output folder exists"))
    #expect(try workspace.names() == ["in.jsonl", "o2"])
    _ = try workspace.shell("rm -r o2")
    try workspace.succeed(sweep)
    let first = try workspace.contents(of: "o1/data")
    try workspace.succeed(sweep + ["output.overwrite=true", "pairs.strategy=all"])
    #expect(try workspace.contents(of: "o1/data") != first)
    #expect(try workspace.litter().isEmpty)
    let inside = try workspace.dpoPrep([
      "sweep", "-q", "o1/data", "-o", "o{n}", "calibration.frac=[0.2, 0.5]",
      "output.overwrite=true",
    ])
    #expect(inside.status == 73 && inside.errors.contains("this input is in the output folder"))
  }

  /// Axes may stand in the file; a line cut short by width says as much as a long one.
  @Test func axesInTheConfiguration() throws {
    let workspace = try workspace()
    try workspace.write(
      """
      input: {paths: [in.jsonl]}
      output:
        dir: out/{calibration.scope}
      sweep:
        calibration.scope: [global, within_prompt]
      """, to: "sweep.yaml")
    let checked = try workspace.dpoPrep(["config", "check", "sweep.yaml"])
    #expect(
      checked.output == "sweep.yaml: valid, a sweep of 2 variants; 1 input file can be read\n")
    try workspace.succeed(["sweep", "-q", "sweep.yaml"])
    #expect(try workspace.names(in: "out") == ["global", "within_prompt"])
    let outcome = try workspace.dpoPrep(["run", "sweep.yaml"])
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("sweep.yaml:4:1: error: the section \"sweep\" is for"))
  }

  /// A stream is read once, for as many scans as there are.
  @Test func standardInput() throws {
    let workspace = try workspace()
    let axes = ["filters.min_chars=[1, 20]", "calibration.frac=[0.2, 0.5]"]
    let arguments = ["sweep", "-q", "--json", "--no-data", "prep.yaml"] + axes
    let outcome = try workspace.start(
      Program.path, arguments + ["input.paths=[-]"], input: "in.jsonl"
    ).wait()
    #expect(outcome.status == 0)
    let result = try JSON.object(outcome.output)
    #expect(result["scans"] as? Int == 2)
    let file = try workspace.dpoPrep(arguments + ["input.paths=[in.jsonl]"])
    let expected = try JSON.object(file.output)
    for number in 0..<4 {
      func figures(_ result: [String: Any]) -> Any? {
        (result["variants"] as? [[String: Any]]).flatMap {
          JSON.value($0[number], "summary.diagnostics")
        }
      }
      #expect(JSON.areSame(figures(result), figures(expected)))
    }
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func anInterruptedSweepLeavesNothing(signal: Int32, status: Int32) throws {
    let workspace = try workspace(prompts: 3_000)
    let sweep = try workspace.start([
      "sweep", "-q", "in.jsonl", "-o", "new/o{n}", "pairs.seed=[1, 2, 3, 4, 5, 6, 7, 8]",
    ])
    Thread.sleep(forTimeInterval: 0.5)
    sweep.send(signal)
    let outcome = try sweep.wait()
    #expect(outcome.status == status)
    #expect(outcome.errors.contains("interrupted, nothing was written"))
    #expect(try workspace.names() == ["in.jsonl"])
  }
}
