import TestSupport
import Testing

/// Curves that are saved and used again.
@Suite struct CurveTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 150, answers: 5, seed: 6).nested, to: "in.jsonl")
    return workspace
  }

  @Test(arguments: [
    [], ["calibration.method=mean"], ["calibration.method=penalty"],
    ["calibration.scope=within_prompt"],
    ["calibration.characteristics=[{name: chars, alpha: 0.7}, markdown, words]"],
    ["calibration.method=mean", "calibration.min_count=40"],
    ["calibration.method=none"],
  ])
  func aSavedCurveGivesTheSameDataset(settings: [String]) throws {
    let workspace = try workspace()
    let common = ["prep.yaml", "input.paths=[in.jsonl]"] + settings
    try workspace.succeed(["run", "-q"] + common)
    let fit = try workspace.succeed(["fit"] + common + ["--out", "curve.json"])
    #expect(fit.output.isEmpty)
    #expect(fit.errors.contains("curve.json: curve of 750 candidates"))
    let isSaved = try workspace.read("curve.json") == workspace.read("out/curve.json")
    #expect(isSaved, "fit and run save the same curve")
    let printed = try workspace.succeed(["fit", "-q"] + common)
    #expect(try workspace.text(of: "curve.json") == printed.output)

    guard !settings.contains("calibration.method=none") else { return }
    try workspace.succeed(
      ["run", "-q"] + common + ["calibration.curve=curve.json", "output.dir=again"])
    let isSame = try workspace.contents(of: "again/data") == workspace.contents(of: "out/data")
    #expect(isSame)
    try workspace.succeed(
      ["run", "-q"] + common + ["calibration.curve=out/curve.json", "output.dir=third"])
    let isSameAgain = try workspace.contents(of: "third/data") == workspace.contents(of: "out/data")
    #expect(isSameAgain)
  }

  @Test func aCurveOfOtherCharacteristicsIsRefused() throws {
    let workspace = try workspace()
    try workspace.succeed(["fit", "-q", "prep.yaml", "input.paths=[in.jsonl]", "-o", "curve.json"])
    let outcome = try workspace.dpoPrep([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve=curve.json",
      "calibration.characteristics=[words]",
    ])
    #expect(outcome.status == 78)
    #expect(
      outcome.errors == """
        curve.json: error: the curve was fitted on chars, but calibration.characteristics names words
          name the same characteristics in the same order, or fit another curve

        """)
    #expect(try workspace.names() == ["curve.json", "in.jsonl"])
  }

  @Test func lengthsBeyondTheCurveTakeItsEnds() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      {"format": "dpo-prep curve", "version": 1, "fit": {}, "curves": [{"characteristic": "chars",
      "alpha": 1.0, "lengths": [10.0, 20.0], "bias": [1.0, 3.0], "candidates": [5, 5]}]}
      """, to: "curve.json")
    let rows = [1, 10, 15, 20, 99].map {
      #"{"prompt": "Why?", "response": "\#(String(repeating: "x", count: $0))", "reward": \#($0)}"#
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve=curve.json",
      "pairs.strategy=all", "output.compression=none",
    ])
    let pairs = try #require(try workspace.rows(of: "out")["train"])
    #expect(pairs.count == 10)
    var scores: [Int: Double] = [:]
    for pair in try pairs.map(JSON.object) {
      for side in ["chosen", "rejected"] {
        let length = try #require(pair["length_\(side)"] as? Int)
        scores[length] = pair["score_\(side)"] as? Double
      }
    }
    #expect(scores == [1: 0, 10: 9, 15: 13, 20: 17, 99: 96])
  }

  /// Prompts whose level runs against the length: only a curve within prompts sees the bias.
  @Test func oneCurveOverUnlikePromptsIsWarnedOf() throws {
    let workspace = try Workspace()
    var generations = Generations(prompts: 200, answers: 8, seed: 8)
    var random = SeededRandom(seed: 9)
    for index in generations.prompts.indices {
      let level = Double.random(in: -1...1, using: &random)
      for answer in generations.prompts[index].answers.indices {
        let length = 300 + Int(100 * level) + Int.random(in: -150...150, using: &random)
        generations.prompts[index].answers[answer] = .init(
          text: String(repeating: "x", count: length),
          reward: Double(length) / 100 - 8 * level + Double.random(in: -1.5...1.5, using: &random))
      }
    }
    try workspace.write(generations.nested, to: "in.jsonl")
    func correlations(_ settings: [String]) throws -> (before: Double, after: Double, text: String)
    {
      let outcome = try workspace.succeed(
        ["run", "-q", "--json", "prep.yaml", "input.paths=[in.jsonl]", "output.overwrite=true"]
          + settings)
      let summary = try JSON.object(outcome.output)
      func number(_ name: String) throws -> Double {
        try #require(
          JSON.value(summary, "diagnostics.\(name).spearman_within_prompt") as? Double)
      }
      return (try number("before"), try number("after"), outcome.errors)
    }
    let pooled = try correlations(["calibration.scope=global"])
    let within = try correlations(["calibration.scope=within_prompt"])
    #expect(pooled.after > pooled.before + 0.05)
    #expect(pooled.text.contains("warning: calibration moved the correlation of score and chars"))
    #expect(pooled.text.contains("set calibration.scope: within_prompt"))
    #expect(abs(within.after) < 0.1)
    #expect(within.text.isEmpty, "\(within.text)")
  }
}
