import Foundation
import Testing

/// What runs say of their curves, and what they choose where the configuration says `auto`.
@Suite struct DiagnosticsTests {
  private static func workspace(_ generations: Generations) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(generations.nested, to: "in.jsonl")
    return workspace
  }

  @discardableResult
  private static func run(_ workspace: Workspace, _ settings: String...) throws -> Outcome {
    try workspace.succeed(
      ["run", "prep.yaml", "input.paths=[in.jsonl]", "output.overwrite=true"] + settings)
  }

  private static func gap(_ workspace: Workspace, _ dataset: String = "out") throws -> Double {
    let rows = try workspace.rows(of: dataset).values.flatMap(\.self).map(JSON.object)
    let gaps = rows.compactMap { row -> Int? in
      guard let chosen = row["length_chosen"] as? Int, let rejected = row["length_rejected"] as? Int
      else { return nil }
      return chosen - rejected
    }
    #expect(gaps.count == rows.count)
    return Double(gaps.reduce(0, +)) / Double(gaps.count)
  }

  @Test(
    .enabled(if: Program.pythonHas("numpy"), "set DPO_PREP_PYTHON to a Python with numpy"),
    arguments: [(0.3, "0.3"), (0.6, "0.6"), (0, "auto")])
  func supportAndChoiceAreThoseOfNumpy(given: Double, frac: String) throws {
    let workspace = try Self.workspace(Generations(prompts: 120, answers: 4, words: 10, seed: 8))
    try workspace.succeed([
      "fit", "-q", "prep.yaml", "input.paths=[in.jsonl]", "-o", "curve.json",
      "calibration.iterations=0", "calibration.frac=\(frac)", "calibration.scope=global",
    ])
    let curves = try #require(try workspace.object(in: "curve.json")["curves"] as? [[String: Any]])
    let chosen = JSON.value(curves[0], "smoothing.frac") as? Double
    #expect((chosen != nil) == (frac == "auto"))
    let judged = try workspace.oracle(
      "curve_support.py", ["in.jsonl", "curve.json", "\(chosen ?? given)"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  @Test(arguments: ["global", "within_prompt"])
  func aChosenFracIsAsGoodAsAGivenOne(scope: String) throws {
    let workspace = try Self.workspace(Generations(prompts: 300, seed: 2))
    let outcome = try Self.run(
      workspace, "calibration.frac=auto", "calibration.scope=\(scope)",
      "calibration.characteristics=[chars, words]")
    let curves = try #require(
      JSON.value(try workspace.object(in: "out/manifest.json"), "diagnostics.curves")
        as? [[String: Any]])
    #expect(curves.count == 2)
    let fracs = try curves.map { try #require(JSON.value($0, "smoothing.frac") as? Double) }
    #expect(outcome.output.contains("frac \(fracs[0]) was chosen for chars by cross-validation"))
    #expect(try workspace.text(of: "out/report.html").contains("Choice of frac for words"))
    guard fracs[0] == fracs[1] else { return }
    let data = try workspace.contents(of: "out/data")
    try Self.run(
      workspace, "calibration.frac=\(fracs[0])", "calibration.scope=\(scope)",
      "calibration.characteristics=[chars, words]")
    #expect(try workspace.contents(of: "out/data") == data)
  }

  @Test(arguments: UInt64(1)...4)
  func aChosenAlphaBringsThePairsToTheTarget(seed: UInt64) throws {
    let workspace = try Self.workspace(Generations(prompts: 400, words: 120, seed: seed))
    let target = [0.0, 40, -60, 0][Int(seed) - 1]
    let strategy = seed == 4 ? "pairs.strategy=max_random" : "pairs.strategy=max_min"
    let outcome = try Self.run(
      workspace, "calibration.characteristics=[{name: chars, alpha: auto}]",
      "calibration.target_gap=\(target)", strategy)
    let manifest = try workspace.object(in: "out/manifest.json")
    let told = try #require(JSON.value(manifest, "diagnostics.balance.gap") as? Double)
    let gap = try Self.gap(workspace)
    #expect(abs(told - gap) < 1e-9)
    #expect(JSON.value(manifest, "diagnostics.balance.reached") as? Bool == true)
    #expect(outcome.output.contains("was chosen for chars: the mean gap is"))
    let curves = try #require(JSON.value(manifest, "diagnostics.curves") as? [[String: Any]])
    let alpha = try #require(curves[0]["alpha"] as? Double)

    // That alpha, given, is the same dataset; a tenth more or less misses the target by more.
    let data = try workspace.contents(of: "out/data")
    func gapWith(alpha: Double) throws -> Double {
      try Self.run(
        workspace, "calibration.characteristics=[{name: chars, alpha: \(alpha)}]", strategy)
      return try Self.gap(workspace)
    }
    #expect(try gapWith(alpha: alpha) == gap)
    #expect(try workspace.contents(of: "out/data") == data)
    for factor in [0.9, 1.1] {
      #expect(try abs(gapWith(alpha: alpha * factor) - target) >= abs(gap - target))
    }
  }

  @Test func anAlphaThatCannotReachTheTargetIsToldOf() throws {
    let workspace = try Self.workspace(Generations(prompts: 100, seed: 3))
    let outcome = try Self.run(
      workspace, "calibration.characteristics=[{name: chars, alpha: auto}]",
      "calibration.target_gap=100000")
    #expect(outcome.errors.contains("warning: no alpha from 0 to 4 brings the mean gap of chars"))
    // What it says to set can be set.
    #expect(outcome.errors.contains("set another calibration.target_gap, or alpha to a number"))
    #expect(!outcome.errors.contains("calibration.scope: within_prompt"))
    let manifest = try workspace.object(in: "out/manifest.json")
    #expect(JSON.value(manifest, "diagnostics.balance.reached") as? Bool == false)
  }

  /// A few huge pairs, as many with the long answer chosen as rejected, excuse no other gap.
  @Test func oneHugePairDoesNotMakeAnyGapTheTarget() throws {
    var generations = Generations(prompts: 200, words: 120, seed: 2)
    for prompt in 0..<8 {
      let answers = generations.prompts[prompt].answers
      generations.prompts[prompt].answers = [
        .init(text: String(repeating: "x", count: 100_000), reward: prompt < 4 ? 90 : -90),
        answers[0],
      ]
    }
    let workspace = try Self.workspace(generations)
    let untouched = try #require(
      JSON.value(
        try manifest(of: workspace, alpha: "0"), "diagnostics.before.length_gap_mean") as? Double)
    #expect(untouched > 100)
    let manifest = try manifest(of: workspace, alpha: "auto")
    #expect(JSON.value(manifest, "diagnostics.balance.reached") as? Bool == true)
    #expect(try abs(Self.gap(workspace)) < untouched / 3)
  }

  private func manifest(of workspace: Workspace, alpha: String) throws -> [String: Any] {
    try Self.run(workspace, "calibration.characteristics=[{name: chars, alpha: \(alpha)}]")
    return try workspace.object(in: "out/manifest.json")
  }

  /// Where the best of many answers tie, any alpha at all breaks the ties, and the gap jumps.
  @Test func aJumpOverTheTargetIsNoSuccess() throws {
    let workspace = try Self.workspace(Generations(prompts: 300, words: 120, seed: 5))
    let rows = try workspace.text(of: "in.jsonl").split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let judged = try rows.map { row in
      var row = row
      let rewards = try #require(row["all_rm_scores"] as? [Double])
      row["all_rm_scores"] = rewards.map { $0 > 0.3 ? 9.0 : 8.0 }
      return String(decoding: try JSONSerialization.data(withJSONObject: row), as: UTF8.self)
    }
    try workspace.write(judged.joined(separator: "\n") + "\n", to: "in.jsonl")
    func balance(_ goal: Double) throws -> [String: Any] {
      try Self.run(
        workspace, "calibration.characteristics=[{name: chars, alpha: auto}]",
        "calibration.target_gap=\(goal)")
      return try #require(
        JSON.value(try workspace.object(in: "out/manifest.json"), "diagnostics.balance")
          as? [String: Any])
    }
    // Every alpha tried tells what gaps there are; a goal that none comes near is not reached.
    let first = try balance(0)
    let trials = try #require(first["trials"] as? [[String: Any]])
    let gaps = try trials.map { try #require($0["gap"] as? Double) }
    let goal = (gaps[0] + gaps[1]) / 2
    #expect(abs(gaps[0] - gaps[1]) > 20)
    let missed = try balance(goal)
    let nearest =
      try (try #require(missed["trials"] as? [[String: Any]]))
      .map { abs(try #require($0["gap"] as? Double) - goal) }.min() ?? 0
    let gap = try #require(missed["gap"] as? Double)
    #expect(abs(abs(gap - goal) - nearest) < 1e-6)
    #expect(missed["reached"] as? Bool == (nearest < 5))
  }

  @Test(arguments: ["longer_chosen", "log_ratio"])
  func otherTargetsAreReachedToo(target: String) throws {
    let workspace = try Self.workspace(Generations(prompts: 400, words: 120, seed: 2))
    try Self.run(
      workspace, "calibration.characteristics=[{name: chars, alpha: auto}]",
      "calibration.target=\(target)")
    let manifest = try workspace.object(in: "out/manifest.json")
    #expect(JSON.value(manifest, "diagnostics.balance.reached") as? Bool == true)
    let rows = try workspace.rows(of: "out").values.flatMap(\.self).map(JSON.object)
    let values = try rows.map { row -> Double in
      let chosen = try #require(row["length_chosen"] as? Int)
      let rejected = try #require(row["length_rejected"] as? Int)
      if target == "log_ratio" { return log(Double(1 + chosen) / Double(1 + rejected)) }
      return (chosen > rejected ? 1 : chosen == rejected ? 0.5 : 0) - 0.5
    }
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(mean) < 0.02, "\(mean)")
  }

  @Test func onlyTheLastAlphaCanBeChosen() throws {
    let workspace = try Self.workspace(Generations(prompts: 10))
    let early = try workspace.dpoPrep([
      "run", "prep.yaml", "input.paths=[in.jsonl]",
      "calibration.characteristics=[{name: chars, alpha: auto}, markdown]",
    ])
    #expect(early.status == 78)
    #expect(early.errors.contains("\"alpha: auto\" of chars, which is not the last"))
    let idle = try workspace.dpoPrep([
      "run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
      "calibration.characteristics=[{name: chars, alpha: auto}]",
    ])
    #expect(idle.status == 78)
    #expect(idle.errors.contains("needs a bias to remove"))
  }

  @Test func curvesThatRestOnFewCandidatesAreToldOf() throws {
    let few = try Self.workspace(Generations(prompts: 12, seed: 1))
    #expect(try Self.run(few).errors.contains("the curve of chars rests on fewer than 30"))
    let many = try Self.workspace(Generations(prompts: 400, seed: 1))
    #expect(try !Self.run(many).errors.contains("warning"))
    let manifest = try many.object(in: "out/manifest.json")
    let curves = try #require(JSON.value(manifest, "diagnostics.curves") as? [[String: Any]])
    #expect(curves[0]["weak_share"] as? Double == 0)
    #expect(try #require(curves[0]["least_effective_candidates"] as? Double) > 30)
  }

  @Test func candidatesBeyondASavedCurveAreToldOf() throws {
    let workspace = try Self.workspace(Generations(prompts: 200, words: 30, seed: 1))
    try workspace.succeed(["fit", "-q", "prep.yaml", "input.paths=[in.jsonl]", "-o", "curve.json"])
    #expect(try !Self.run(workspace, "calibration.curve=curve.json").errors.contains("warning"))
    try workspace.write(Generations(prompts: 200, words: 120, seed: 2).nested, to: "in.jsonl")
    let outcome = try Self.run(workspace, "calibration.curve=curve.json")
    #expect(outcome.errors.contains("of the candidates lie beyond the ends of the curve of chars"))
    let curves = try #require(
      JSON.value(try workspace.object(in: "out/manifest.json"), "diagnostics.curves")
        as? [[String: Any]])
    #expect(try #require(curves[0]["extrapolated_share"] as? Double) > 0.3)
  }
}
