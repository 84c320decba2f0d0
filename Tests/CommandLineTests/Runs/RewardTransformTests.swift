import Foundation
import TestSupport
import Testing

/// Fits to transformed rewards, from rows to columns and documents.
@Suite struct RewardTransformTests {
  private static let common = ["-q", "prep.yaml", "input.paths=[in.jsonl]"]
  /// All scores of a prompt, uncompressed.
  private static let open = [
    "output.all_answers=true", "output.format=jsonl", "output.compression=none",
    "output.overwrite=true",
  ]

  /// Probabilities in steps of 1/16, from 0 to 1, with ties.
  private static func generations(_ reward: (Double) -> Double = { $0 }) -> Generations {
    var generations = Generations(prompts: 80, answers: 6, seed: 21)
    var random = SeededRandom(seed: 22)
    for prompt in generations.prompts.indices {
      for answer in generations.prompts[prompt].answers.indices {
        generations.prompts[prompt].answers[answer].reward = reward(
          Double(Int.random(in: 0...16, using: &random)) / 16)
      }
    }
    return generations
  }

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Self.generations().nested, to: "in.jsonl")
    return workspace
  }

  @Test(
    .enabled(if: Program.pythonHas("numpy"), "set DPO_PREP_PYTHON to a Python with numpy"),
    arguments: [("logit", 0.0001), ("logit", 0.1), ("rank", 0.0001), ("zscore", 0.0001)])
  func scoresAreThoseOfNumPy(transform: String, clip: Double) throws {
    let workspace = try workspace()
    try workspace.succeed(
      ["run"] + Self.common + Self.open + [
        "calibration.method=none", "calibration.transform=\(transform)",
        "calibration.clip=\(clip)",
      ])
    let judged = try workspace.oracle(
      "reward_transform.py", ["pairs", "out/data/train-00000-of-00001.jsonl", transform, "\(clip)"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  @Test(
    .enabled(
      if: Program.pythonHas("statsmodels") && Program.testData != nil,
      "set DPO_PREP_PYTHON and DPO_PREP_TESTDATA"))
  func logitsOfRealProbabilitiesAreFittedAsStatsmodelsDoes() throws {
    let workspace = try Workspace()
    let data = try #require(Program.testData)
    #expect(
      try workspace.shell(
        "zstd -dc '\(data)/alpacaeval-flat.jsonl.zst' | head -n 5000 >in.jsonl"
      ).status == 0)
    let paper = ["calibration.scope=global", "calibration.iterations=3"]
    let transform = ["calibration.transform=logit"]
    try workspace.succeed(["fit"] + Self.common + paper + transform + ["-o", "curve.json"])
    let judged = try workspace.oracle(
      "reward_transform.py", ["curve", "in.jsonl", "curve.json", "0.3", "3", "1e-4"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")

    // The same numbers stand in the rows, clipped alike.
    func scores(_ settings: [String]) throws -> [[Double]] {
      try workspace.succeed(
        ["run"] + Self.common + ["output.format=jsonl", "output.compression=none"] + settings
          + ["output.overwrite=true"])
      let rows = try #require(try workspace.rows(of: "out")["train"])
      return try rows.map(JSON.object).map { row in
        ["score_chosen", "score_rejected", "length_chosen", "length_rejected"].map {
          (row[$0] as? NSNumber)?.doubleValue ?? .nan
        }
      }
    }
    let transformed = try scores(transform)
    let given = try scores(["input.fields.reward=reward_logit"])
    #expect(transformed.count == given.count)
    #expect(transformed.count > 500)
    let worst = zip(transformed, given).map { zip($0, $1).map { abs($0 - $1) }.max() ?? .nan }.max()
    #expect(try #require(worst) < 1e-9)
  }

  @Test func whatIsNoProbabilityIsNamed() throws {
    let workspace = try Workspace()
    var rows = Self.generations().nested.split(separator: "\n").map(String.init)
    rows[2] = #"{"prompt": "q", "all_generated_responses": ["a", "b"], "all_rm_scores": [1, 1.5]}"#
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let run = ["run"] + Self.common + ["calibration.transform=logit"]
    let refused = try workspace.dpoPrep(run)
    #expect(refused.status == 65)
    #expect(
      refused.errors.hasPrefix(
        "in.jsonl:3:77: error: the reward 1.5 in \"all_rm_scores\" is not from 0 to 1"),
      "\(refused.errors)")
    #expect(refused.errors.contains("rank and zscore take any numbers"))
    #expect(refused.errors.contains("input.on_error: skip"))
    try workspace.succeed(run + ["input.on_error=skip"])
    let manifest = try workspace.object(in: "out/manifest.json")
    #expect(JSON.count(manifest, "ledger.rows.rejected") == 1)
    for transform in ["rank", "zscore", "none"] {
      try workspace.succeed(
        ["run"] + Self.common + ["calibration.transform=\(transform)", "output.overwrite=true"])
    }
  }

  /// A probability of the worse is as good as one of the better, at both ends.
  @Test func lowerProbabilitiesMayBeBetter() throws {
    let workspace = try Workspace()
    func scores(_ rows: String, _ order: String) throws -> [[Double]] {
      try workspace.write(rows, to: "in.jsonl")
      try workspace.succeed(
        ["run"] + Self.common + Self.open + [
          "calibration.transform=logit", "input.reward_order=\(order)",
        ])
      let text = try workspace.text(of: "out/data/train-00000-of-00001.jsonl")
      #expect(!text.contains("-0.0,") && !text.contains("-0.0]"))
      return try text.split(separator: "\n").map {
        try #require(try JSON.object(String($0))["all_scores"] as? [Double])
      }
    }
    let higher = try scores(Self.generations().nested, "higher")
    let lower = try scores(Self.generations { 1 - $0 }.nested, "lower")
    #expect(higher.count == lower.count)
    for (first, second) in zip(higher, lower) {
      #expect(zip(first, second).allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }

  @Test func aCurveOfAnotherTransformIsRefused() throws {
    let workspace = try workspace()
    let logit = ["calibration.transform=logit", "calibration.clip=0.02"]
    try workspace.succeed(["fit"] + Self.common + logit + ["-o", "curve.json"])
    try workspace.succeed(["run"] + Self.common + logit)
    let use = ["run"] + Self.common + ["calibration.curve=curve.json", "output.dir=again"]
    for settings in [[], ["calibration.transform=rank"], [logit[0]]] {
      let refused = try workspace.dpoPrep(use + settings)
      #expect(refused.status == 78)
      #expect(
        refused.errors.contains(
          "curve.json: error: the curve was fitted on transformed rewards (logit, clip 0.02)"))
      #expect(
        refused.errors.contains(
          "set calibration.transform: logit and calibration.clip: 0.02, or fit another curve"))
    }
    try workspace.succeed(use + logit)
    let isSame = try workspace.contents(of: "again/data") == workspace.contents(of: "out/data")
    #expect(isSame)
  }

  @Test func documentsTellTheTransform() throws {
    let workspace = try workspace()
    func run(_ settings: String...) throws -> (card: String, manifest: [String: Any]) {
      let summary = try workspace.succeed(
        ["run", "prep.yaml", "input.paths=[in.jsonl]", "output.overwrite=true"] + settings)
      #expect(summary.output.contains("The rewards were replaced by their "))
      #expect(
        try workspace.text(of: "out/report.html").contains("In the figures the rewards are their "))
      return (
        try workspace.text(of: "out/README.md"), try workspace.object(in: "out/manifest.json")
      )
    }
    let logit = try run("calibration.transform=logit")
    #expect(logit.card.contains("(transform `logit`)"))
    #expect(logit.card.contains("`score_*` are those numbers less that"))
    #expect(JSON.value(logit.manifest, "calibration.transform") as? String == "logit")
    #expect(JSON.value(logit.manifest, "calibration.clip") as? Double == 0.0001)
    let curve = try workspace.object(in: "out/curve.json")
    #expect(JSON.value(curve, "population.transform") as? String == "logit")
    let none = try run("calibration.transform=rank", "calibration.method=none")
    #expect(none.card.contains("No bias was removed (`method: none`)"))
    #expect(JSON.value(none.manifest, "calibration.source") as? String == "none")
    #expect(JSON.value(none.manifest, "calibration.transform") as? String == "rank")
  }
}
