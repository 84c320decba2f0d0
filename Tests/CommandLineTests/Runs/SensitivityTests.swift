import Foundation
import TestSupport
import Testing

/// What a run says of other settings.
@Suite struct SensitivityTests {
  @Test(
    .enabled(
      if: Program.pythonHas("statsmodels"), "set DPO_PREP_PYTHON to a Python with statsmodels"))
  func otherSettingsAreThoseOfTheReference() throws {
    var ratios: [Double] = []
    for seed in UInt64(1)...4 {
      let workspace = try Workspace()
      try workspace.write(
        Generations(prompts: 200, answers: 4, words: 60, seed: seed).nested, to: "in.jsonl")
      let outcome = try workspace.succeed([
        "run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.scope=within_prompt",
        "calibration.iterations=0", "calibration.frac=0.5",
        "calibration.characteristics=[{name: chars, alpha: 0.8}]",
      ])
      #expect(outcome.output.contains("With alpha 0, 0.5, 1: longer chosen "))
      #expect(outcome.output.contains("With scope global: same pairs "))
      // Figures fit a terminal; the line with the times of stages may be longer.
      for line in outcome.output.split(separator: "\n") where !line.hasPrefix("See ") {
        #expect(line.count <= 80, "\(line)")
      }
      #expect(
        try workspace.text(of: "out/report.html").contains("Other alphas and the other scope"))
      let judged = try workspace.oracle(
        "sensitivity.py", ["in.jsonl", "out/manifest.json", "out/curve.json", "0.5"])
      #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
      ratios.append(try #require(try JSON.object(judged.output)["ratio"] as? Double))
    }
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    #expect((0.75...1.3).contains(mean), "\(ratios)")
  }

  /// Where hard prompts get long answers and low rewards, prompts differ; where rewards know nothing of
  /// prompts they do not, whatever the shape of the bias.
  @Test(arguments: ["global", "within_prompt"], [true, false])
  func promptsThatConfoundAreFound(scope: String, isHard: Bool) throws {
    var random = SeededRandom(seed: 5)
    var generations = Generations(prompts: 300, answers: 5)
    for prompt in generations.prompts.indices {
      let level = Double.random(in: 0...1, using: &random)
      for answer in generations.prompts[prompt].answers.indices {
        let length = Int(100 + 400 * level + Double.random(in: 0...150, using: &random))
        // A bent bias: slopes differ by where prompts are, but not for reasons of their own.
        let bias = 4 * (Double(length) / 600).squareRoot()
        generations.prompts[prompt].answers[answer] = .init(
          text: String(repeating: "x", count: length) + "\(answer)",
          reward: bias - (isHard ? 3 * level : 0) + .random(in: -0.5...0.5, using: &random))
      }
    }
    let workspace = try Workspace()
    try workspace.write(generations.nested, to: "in.jsonl")
    let outcome = try workspace.succeed([
      "run", "--json", "prep.yaml", "input.paths=[in.jsonl]", "calibration.scope=\(scope)",
    ])
    let summary = try JSON.object(outcome.output)
    let differ = JSON.value(summary, "diagnostics.sensitivity.slopes.prompts_differ") as? Bool
    #expect(differ == isHard)
    let same = JSON.value(summary, "diagnostics.sensitivity.other_scope.same_pairs") as? Double
    #expect(try (isHard ? 0...0.7 : 0.7...1).contains(#require(same)), "\(same ?? -1)")
  }

  @Test func itIsLeftOutWithIntervalsAndWhereNothingIsRemoved() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60, seed: 2).nested, to: "in.jsonl")
    for setting in ["calibration.intervals=false", "calibration.method=none"] {
      let outcome = try workspace.succeed([
        "run", "--json", "prep.yaml", "input.paths=[in.jsonl]", "output.overwrite=true", setting,
      ])
      let summary = try JSON.object(outcome.output)
      #expect(JSON.value(summary, "diagnostics.sensitivity") is NSNull, "\(setting)")
    }
  }
}
