import Foundation
import TestSupport
import Testing

/// What saved curves record of the rewards that they were fitted on, and where that refuses them.
@Suite struct CurvePopulationTests {
  private static let common = ["-q", "prep.yaml", "input.paths=[in.jsonl]"]

  /// A workspace with rows and the curve of them.
  private func workspace(_ settings: [String] = []) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60, answers: 5, seed: 16).nested, to: "in.jsonl")
    try workspace.succeed(["fit"] + Self.common + ["-o", "curve.json"] + settings)
    return workspace
  }

  /// The same rows with other rewards.
  private func rescale(_ workspace: Workspace, _ scale: (Double) -> Double) throws {
    var generations = Generations(prompts: 60, answers: 5, seed: 16)
    for prompt in generations.prompts.indices {
      for answer in generations.prompts[prompt].answers.indices {
        let reward = generations.prompts[prompt].answers[answer].reward
        generations.prompts[prompt].answers[answer].reward = scale(reward)
      }
    }
    try workspace.write(generations.nested, to: "in.jsonl")
  }

  @Test(.enabled(if: Program.pythonHas("numpy"), "set DPO_PREP_PYTHON to a Python with numpy"))
  func theRecordIsThatOfNumPy() throws {
    for settings in [[], ["calibration.scope=global"], ["calibration.method=mean"]] {
      let workspace = try workspace(settings)
      let judged = try workspace.oracle("curve_population.py", ["in.jsonl", "curve.json"])
      #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
      let population = try workspace.object(in: "curve.json")
      #expect(
        JSON.value(population, "population.scope") as? String
          == (settings == ["calibration.scope=global"] ? "global" : "within_prompt"))
      // A dataset that the curve was used for has the same record.
      try workspace.succeed(["run"] + Self.common + ["calibration.curve=curve.json"])
      let again = try workspace.object(in: "out/curve.json")
      #expect(JSON.areSame(population["population"], again["population"]))
    }
  }

  /// Rewards lie from −1 to 2 or so.
  @Test(arguments: [
    ("wider", 6.0, 0.0, "98 % of them lie"), ("narrower", 0.1, 0.5, "98 % of them lie"),
    ("elsewhere", 1.5, 7.0, "half of them lie"),
  ])
  func rewardsOfAnotherScaleAreRefused(
    _: String, factor: Double, offset: Double, reason: String
  ) throws {
    let workspace = try workspace()
    try rescale(workspace) { $0 * factor + offset }
    let use = ["run"] + Self.common + ["calibration.curve=curve.json"]
    let refused = try workspace.dpoPrep(use)
    #expect(refused.status == 65)
    #expect(
      refused.errors.hasPrefix(
        "curve.json: error: the curve was fitted on rewards of another scale: \(reason)"))
    #expect(refused.errors.contains("calibration.curve_check: false"))
    #expect(!workspace.exists("out"))
    try workspace.succeed(use + ["calibration.curve_check=false"])
  }

  @Test func likeRewardsAreNot() throws {
    let workspace = try workspace()
    try rescale(workspace) { $0 * 2 + 0.3 }
    let used = try workspace.succeed(["run"] + Self.common + ["calibration.curve=curve.json"])
    #expect(used.errors.isEmpty)
  }

  @Test func aFileWithoutTheRecordIsUsedWithAWarning() throws {
    let workspace = try workspace()
    let text = try workspace.text(of: "curve.json")
    let start = try #require(text.range(of: "\"population\""))
    let end = try #require(text.range(of: "\"curves\""))
    try workspace.write(
      text.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: ""), to: "curve.json")
    let used = try workspace.succeed([
      "run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve=curve.json",
    ])
    #expect(used.errors.contains("curve.json: warning: the file does not record the rewards"))
    #expect(try workspace.object(in: "out/curve.json")["population"] == nil)
    try workspace.write(
      text.replacingOccurrences(of: "\"q01\"", with: "\"q02\""), to: "curve.json")
    let spoilt = try workspace.dpoPrep(
      ["run"] + Self.common + ["calibration.curve=curve.json", "output.overwrite=true"])
    #expect(spoilt.status == 65)
    #expect(spoilt.errors.contains("not a saved curve"))
  }

  @Test func aCurveBesideNoMethodIsAContradiction() throws {
    let workspace = try workspace()
    let refused = try workspace.dpoPrep(
      ["run"] + Self.common + ["calibration.curve=curve.json", "calibration.method=none"])
    #expect(refused.status == 78)
    #expect(refused.errors.contains("\"calibration.curve\" names a curve to remove"))
    #expect(refused.errors.contains("leave the curve out"))
  }

  /// What is told is what was done, not what was asked for.
  @Test func aFitOverAllCandidatesIsToldAsOne() throws {
    let workspace = try Workspace()
    let rows = (0..<300).map { number in
      let length = 5 + number / 2 % 40
      return
        #"{"prompt": "p\#(number / 2)", "response": "\#(number % 2)\#(String(repeating: "a", count: length))","#
        + #" "reward": \#(number % 17), "other": \#(number % 5 * 3 + number % 7)}"# + "\n"
    }
    try workspace.write(rows.joined(), to: "in.jsonl")
    func told(_ characteristics: String) throws -> (calibration: [String: Any], card: String) {
      try workspace.succeed(
        ["run"] + Self.common + [
          "calibration.characteristics=\(characteristics)", "output.overwrite=true",
        ])
      let manifest = try workspace.object(in: "out/manifest.json")
      return (
        try #require(manifest["calibration"] as? [String: Any]),
        try workspace.text(of: "out/README.md")
      )
    }
    let alone = try told("[chars]")
    #expect(alone.calibration["scope"] as? String == "global")
    #expect(alone.card.contains("over all candidates (scope `global`, as no prompt"))
    #expect(!alone.card.contains("scope `within_prompt`"))
    #expect(
      JSON.value(try workspace.object(in: "out/curve.json"), "population.scope") as? String
        == "global")
    let both = try told("[chars, 'field:other']")
    #expect(both.calibration["scope"] as? String == "within_prompt")
    let removed = try #require(both.calibration["removed"] as? [[String: Any]])
    #expect(removed.map { $0["scope"] as? String } == ["global", nil])
    #expect(both.card.contains("scope `within_prompt`; over all candidates for chars"))
  }
}
