import Foundation
import TestSupport
import Testing

@testable import Job

/// The figures that a run tells, with their intervals.
@Suite struct FigureTests {
  private static func workspace(_ generations: Generations) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(generations.nested, to: "in.jsonl")
    return workspace
  }

  private static func run(_ workspace: Workspace, _ settings: [String]) throws -> Outcome {
    try workspace.succeed(
      ["run", "prep.yaml", "input.paths=[in.jsonl]", "output.overwrite=true", "--json"] + settings)
  }

  @Test(
    .enabled(
      if: Program.pythonHas("statsmodels"), "set DPO_PREP_PYTHON to a Python with statsmodels"))
  func figuresAndIntervalsAreThoseOfFullRefits() throws {
    var ratios: [Double] = []
    for seed in UInt64(1)...4 {
      let workspace = try Self.workspace(
        Generations(prompts: 300, answers: 4, words: 60, seed: seed))
      _ = try Self.run(
        workspace,
        ["calibration.scope=global", "calibration.iterations=0", "calibration.frac=0.5"])
      let judged = try workspace.oracle(
        "figures.py", ["in.jsonl", "out/manifest.json", "0.5"])
      #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
      ratios += try #require(try JSON.object(judged.output)["ratios"] as? [Double])
    }
    // Of 20 groups a standard error is known to a sixth; of 28 ratios the mean to a twentieth or so.
    #expect(ratios.count == 28)
    #expect(ratios.allSatisfy { (0.5...1.7).contains($0) }, "\(ratios)")
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    #expect((0.87...1.15).contains(mean), "\(mean): \(ratios)")
  }

  /// Where prompts are many, curves are felt by some thousand of them, which is no other result.
  @Test func intervalsOfManyPromptsShrink() throws {
    func width(_ count: Int) throws -> [Double] {
      let workspace = try Self.workspace(
        Generations(prompts: count, answers: 4, words: 20, seed: 3))
      let summary = try JSON.object(try Self.run(workspace, []).output)
      return try ["longer_chosen", "length_gap_mean", "spearman_within_prompt"].map {
        let ends = try #require(
          JSON.value(summary, "diagnostics.after.intervals.\($0)") as? [Double])
        return ends[1] - ends[0]
      }
    }
    let (few, many) = (try width(1000), try width(9000))
    for (few, many) in zip(few, many) {
      #expect((1.8...5).contains(few / many), "\(few) / \(many)")
    }
  }

  @Test func neitherThreadsNorOrderMatter() throws {
    var generations = Generations(prompts: 600, answers: 4, seed: 9)
    let workspace = try Self.workspace(generations)
    func figures(_ settings: [String]) throws -> [String: Any] {
      let summary = try JSON.object(try Self.run(workspace, settings).output)
      return try #require(summary["diagnostics"] as? [String: Any])
    }
    let one = try figures(["run.threads=1"])
    #expect(JSON.areSame(one, try figures(["run.threads=4"])))
    generations.prompts.reverse()
    try workspace.write(generations.nested, to: "in.jsonl")
    let reversed = try figures([])
    for path in ["before.intervals.longer_chosen", "after.intervals.longer_chosen"] {
      let ends = try [one, reversed].map { try #require(JSON.value($0, path) as? [Double]) }
      #expect(zip(ends[0], ends[1]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(path)")
    }
  }

  @Test func intervalsCanBeLeftOut() throws {
    let workspace = try Self.workspace(Generations(prompts: 60, seed: 2))
    let summary = try JSON.object(
      try Self.run(workspace, ["calibration.intervals=false"]).output)
    #expect(JSON.value(summary, "diagnostics.before.intervals") is NSNull)
    #expect(JSON.value(summary, "diagnostics.after.intervals") is NSNull)
    #expect(!(try workspace.text(of: "out/README.md").contains("[+")))
  }
}

/// Warnings of figures and of rewards come where there is something to warn of.
@Suite struct FigureWarningTests {
  private static func codes(
    _ generations: Generations, _ settings: [String]
  ) throws -> Set<String> {
    let workspace = try Workspace()
    try workspace.write(generations.nested, to: "in.jsonl")
    let outcome = try workspace.succeed(
      ["run", "prep.yaml", "input.paths=[in.jsonl]", "--json"] + settings)
    let summary = try JSON.object(outcome.output)
    let warnings = try #require(summary["warnings"] as? [[String: Any]])
    return Set(warnings.compactMap { $0["code"] as? String })
  }

  private static let ofFigures: Set = [
    "overcorrected", "overcorrected_pairs", "worse_within_prompts", "worse_pairs",
  ]

  @Test(arguments: ["global", "within_prompt"])
  func takingOffTooMuchIsToldOf(scope: String) throws {
    let generations = Generations(prompts: 300, answers: 5, seed: 4)
    let found = try Self.codes(
      generations,
      [
        "calibration.characteristics=[{name: chars, alpha: 2}]", "calibration.scope=\(scope)",
      ])
    #expect(found.isSuperset(of: ["overcorrected", "overcorrected_pairs"]), "\(found)")
  }

  @Test func makingItWorseIsToldOf() throws {
    let generations = Generations(prompts: 300, answers: 5, seed: 4)
    let found = try Self.codes(
      generations, ["calibration.method=penalty", "calibration.coefficient=-0.01"])
    #expect(found.isSuperset(of: ["worse_within_prompts", "worse_pairs"]), "\(found)")
  }

  /// Rewards that know nothing of length, of few prompts: what calibration does is noise.
  @Test(arguments: UInt64(1)...8)
  func noiseIsNot(seed: UInt64) throws {
    var generations = Generations(prompts: 100, answers: 4, seed: seed)
    var random = SeededRandom(seed: seed)
    for prompt in generations.prompts.indices {
      for answer in generations.prompts[prompt].answers.indices {
        generations.prompts[prompt].answers[answer].reward = .random(in: -1...1, using: &random)
      }
    }
    #expect(try Self.codes(generations, []).isDisjoint(with: Self.ofFigures))
  }

  /// A few prompts that are alike are no certainty.
  @Test(arguments: [(3, false), (100, true)])
  func intervalsWantPrompts(count: Int, hasIntervals: Bool) throws {
    let workspace = try Workspace()
    try workspace.write(
      Generations(prompts: count, answers: 4, seed: 5).nested, to: "in.jsonl")
    let outcome = try workspace.succeed(
      ["run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none"])
    #expect(outcome.output.contains(#/ % +\[/#) == hasIntervals, "\(outcome.output)")
  }

  /// Rewards that length tells exactly leave nothing to pair by, which is said with what to do.
  @Test func rewardsMadeOfLengthLeaveNoPair() throws {
    let workspace = try Workspace()
    var generations = Generations(prompts: 3, answers: 4, seed: 5)
    for prompt in generations.prompts.indices {
      for answer in generations.prompts[prompt].answers.indices {
        let length = [10, 20, 35, 50][answer] + prompt
        generations.prompts[prompt].answers[answer] = .init(
          text: String(repeating: "x", count: length), reward: Double(length) / 10)
      }
    }
    try workspace.write(generations.nested, to: "in.jsonl")
    let arguments = ["run", "prep.yaml", "input.paths=[in.jsonl]"]
    let outcome = try workspace.dpoPrep(arguments)
    #expect(outcome.status == 65 && outcome.errors.contains("below_fit_precision "))
    #expect(outcome.errors.contains("set calibration.method: none to pair by them"))
    #expect(!outcome.errors.contains("check input.fields.prompt_id"))
    try workspace.succeed(arguments + ["calibration.method=none"])
    // Without a difference there is no other hint than before.
    for prompt in generations.prompts.indices {
      for answer in generations.prompts[prompt].answers.indices {
        generations.prompts[prompt].answers[answer].reward = 1
      }
    }
    try workspace.write(generations.nested, to: "in.jsonl")
    let same = try workspace.dpoPrep(
      arguments + ["calibration.method=none", "output.overwrite=true"])
    #expect(same.status == 65 && same.errors.contains("check input.fields.reward"))
  }

  /// Any alpha ranks answers with the same reward by length, so less of it is no remedy.
  @Test func overcorrectionOfTiesHasItsOwnRemedy() throws {
    let workspace = try Workspace()
    var generations = Generations(prompts: 300, answers: 8, seed: 4)
    for prompt in generations.prompts.indices {
      for answer in generations.prompts[prompt].answers.indices {
        let reward = generations.prompts[prompt].answers[answer].reward
        generations.prompts[prompt].answers[answer].reward = reward > 0.5 ? 1 : 0
      }
    }
    try workspace.write(generations.nested, to: "in.jsonl")
    let arguments = ["run", "prep.yaml", "input.paths=[in.jsonl]", "output.overwrite=true"]
    for alpha in [1, 0.1] {
      let outcome = try workspace.succeed(
        arguments + ["calibration.characteristics=[{name: chars, alpha: \(alpha)}]"])
      #expect(outcome.errors.contains("calibration moved the share of pairs"))
      #expect(outcome.errors.contains("ranked by what is removed, however small alpha is"))
      #expect(!outcome.errors.contains("a smaller alpha"))
    }
  }

  @Test func fewValuesOfRewardsAreToldOf() throws {
    func rewarded(_ reward: (Generations.Answer) -> Double) -> Generations {
      var generations = Generations(prompts: 120, answers: 4, seed: 5)
      for prompt in generations.prompts.indices {
        for answer in generations.prompts[prompt].answers.indices {
          generations.prompts[prompt].answers[answer].reward =
            reward(generations.prompts[prompt].answers[answer])
        }
      }
      return generations
    }
    #expect(
      try Self.codes(rewarded { $0.reward > 1.9 ? 1 : 0 }, ["calibration.scope=global"])
        .isSuperset(of: ["few_reward_values", "flat_curve"]))
    let usual = try Self.codes(rewarded(\.reward), [])
    #expect(usual.isDisjoint(with: ["few_reward_values", "flat_curve", "zero_width_band"]))
  }

  /// What stands for a failed judgement is told as such, and not as a property of the curve.
  @Test func rewardsFarOffAreToldOf() throws {
    for (reward, isTold) in [(-1e12, true), (-60, false)] {
      var generations = Generations(prompts: 120, answers: 4, seed: 5)
      generations.prompts[50].answers[0].reward = reward
      let codes = try Self.codes(generations, ["calibration.scope=global"])
      #expect(codes.contains("extreme_rewards") == isTold)
      let workspace = try Workspace()
      try workspace.write(generations.nested, to: "in.jsonl")
      let summary = try JSON.object(
        try workspace.succeed(["run", "in.jsonl", "--dry-run", "--json"]).output)
      let curves = try #require(JSON.value(summary, "diagnostics.curves") as? [[String: Any]])
      #expect(curves[0]["rewards_left_out"] as? Int == (isTold ? 1 : 0))
      #expect(codes.isDisjoint(with: ["flat_curve", "zero_width_band"]))
    }
  }

  /// A straight line of length, besides what prompts have in common: with a bin for each length, and
  /// with more lengths than bins.
  @Test(arguments: [10, 120], ["global", "within_prompt"])
  func rewardsMadeOfLengthAreToldOf(lengths: Int, scope: String) throws {
    var straight = Generations(prompts: 120, answers: 4, seed: 5)
    for prompt in straight.prompts.indices {
      for answer in straight.prompts[prompt].answers.indices {
        let length = 3 * lengths * answer + 1 + prompt % lengths
        straight.prompts[prompt].answers[answer] = .init(
          text: String(repeating: "x", count: length),
          reward: Double(length) + (scope == "global" ? 0 : Double(prompt * 37 % 11)))
      }
    }
    // Half of it stays, or no score would differ.
    let half = [
      "calibration.scope=\(scope)", "calibration.characteristics=[{name: chars, alpha: 0.5}]",
    ]
    #expect(try Self.codes(straight, half).contains("zero_width_band"))
    // One answer of ten is off.
    for prompt in straight.prompts.indices where prompt.isMultiple(of: 2) {
      straight.prompts[prompt].answers[prompt / 2 % 4].reward += Double(prompt % 7) - 20
    }
    #expect(try !Self.codes(straight, half).contains("zero_width_band"))
  }

  /// A line through two or three rewards meets them whatever they are.
  @Test func fewRewardsAreNotTakenForLength() throws {
    let few = Generations(prompts: 3, answers: 4, seed: 5)
    let found = try Self.codes(
      few, ["calibration.characteristics=[{name: chars, alpha: 0.5}]"])
    #expect(found.contains("weak_curve") && !found.contains("zero_width_band"), "\(found)")
  }
}

/// Intervals of shares that are none or all.
@Suite struct ShareIntervalTests {
  /// The same as SciPy's `binomtest(k, n).proportion_ci(method="wilson")`.
  @Test(arguments: [
    (0, 300, 0.0, 0.012642971224546056), (300, 300, 0.9873570287754541, 1.0),
    (3, 40, 0.025836025774588198, 0.19864233524310543),
  ])
  func wilsonIsThatOfSciPy(hits: Int, count: Int, lower: Double, upper: Double) {
    let interval = Wilson.interval(
      of: Double(hits) / Double(count), count: Double(count), reach: 1.959963984540054)
    #expect(abs(interval.lowerBound - lower) < 1e-12)
    #expect(abs(interval.upperBound - upper) < 1e-12)
  }

  /// Rewards that rise with length but for a little: every prompt chooses the longer.
  @Test func nothingIsCertain() throws {
    func intervals(_ prompts: Int) throws -> [String: Any] {
      var generations = Generations(prompts: prompts, answers: 4, seed: 3)
      for prompt in generations.prompts.indices {
        for answer in generations.prompts[prompt].answers.indices {
          generations.prompts[prompt].answers[answer] = .init(
            text: String(repeating: "x", count: 40 * answer + 1 + prompt % 30),
            reward: Double(answer))
        }
      }
      let workspace = try Workspace()
      try workspace.write(generations.nested, to: "in.jsonl")
      let outcome = try workspace.succeed(
        ["run", "prep.yaml", "input.paths=[in.jsonl]", "--json", "calibration.method=none"])
      return try JSON.object(outcome.output)
    }
    let few = try intervals(60)
    #expect(JSON.value(few, "diagnostics.before.longer_chosen") as? Double == 1)
    func ends(_ summary: [String: Any], _ name: String) throws -> [Double] {
      try #require(JSON.value(summary, "diagnostics.before.intervals.\(name)") as? [Double])
    }
    // Wilson's with 60 cases and Student's t with 19 degrees of freedom.
    let reach = 2.093024 * 2.093024
    let share = try ends(few, "longer_chosen")
    #expect(abs(share[0] - 60 / (60 + reach)) < 1e-9 && share[1] == 1)
    let correlation = try ends(few, "spearman_within_prompt")
    #expect(abs(correlation[0] - (2 * 60 / (60 + reach) - 1)) < 1e-9 && correlation[1] == 1)
    let many = try ends(try intervals(600), "longer_chosen")
    #expect(abs(many[0] - 600 / (600 + reach)) < 1e-9)
  }
}
