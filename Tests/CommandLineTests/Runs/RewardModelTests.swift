import Foundation
import TestSupport
import Testing

/// Rewards of several models: read, combined, agreed on.
@Suite struct RewardModelTests {
  private static let common = [
    "prep.yaml", "input.paths=[in.jsonl]", "output.format=jsonl", "output.compression=none",
    "output.overwrite=true", "calibration.intervals=false", "pairs.ties=shorter",
  ]

  /// A shape of rows, and the settings by which they are read.
  private static let shapes: [String: [String]] = [
    "lists": ["input.fields.rewards=[a, b, c]"],
    "object": [], "objects": [], "flat": [],
    "columns": [
      "input.fields.responses=[one, two]",
      "input.fields.rewards={a: [one_a, two_a], b: [one_b, two_b], c: [one_c, two_c]}",
    ],
    "numbered": ["input.fields.reward=[a, b, c]"],
  ]

  private static let plain = #"{"a": 1, "b": 1, "c": 1}"#
  private static let found = #"{"armo": 1, "sky.v2": 1, "tiny": 1}"#

  private static let cases: [(shape: String, settings: [String], check: [String])] = [
    ("lists", [], ["scaled_mean", "0", plain, "none", "none"]),
    (
      "lists",
      [
        "input.fields.rewards={x: a, y: {field: b, weight: 0.5}, z: {field: c, weight: 3}}",
        "pairs.agreement=1",
      ], ["scaled_mean", "0", #"{"x": 1, "y": 0.5, "z": 3}"#, "1", "none"]
    ),
    (
      "object", ["calibration.combine=mean_rank", "pairs.agreement=0.6"],
      ["mean_rank", "0", found, "0.6", "none"]
    ),
    (
      "objects", ["calibration.combine=min", "pairs.agreement=0.6"],
      ["min", "0", found, "0.6", "none"]
    ),
    (
      "flat", ["calibration.combine=mean_minus_sd", "calibration.lambda=0.7"],
      ["mean_minus_sd", "0.7", found, "none", "none"]
    ),
    (
      "flat",
      ["calibration.transform=zscore", "calibration.method=none", "pairs.agreement=0.75"],
      ["scaled_mean", "0", found, "0.75", "zscore"]
    ),
    ("columns", ["pairs.agreement=1"], ["scaled_mean", "0", plain, "1", "none"]),
    ("numbered", ["calibration.transform=rank"], ["scaled_mean", "0", plain, "none", "rank"]),
    (
      "numbered",
      [
        "input.fields.reward={x: a, z: {field: c, weight: 2}}",
        "calibration.combine=mean_minus_sd",
      ], ["mean_minus_sd", "1", #"{"x": 1, "z": 2}"#, "none", "none"]
    ),
  ]

  private static func workspace(_ shape: String, seed: Int = 1) throws -> Workspace {
    let workspace = try Workspace()
    let made = try workspace.oracle("reward_models.py", ["make", shape, "\(seed)", "in.jsonl"])
    #expect(made.status == 0, "\(made.errors)")
    return workspace
  }

  @Test(
    .enabled(if: Program.pythonHas("numpy"), "set DPO_PREP_PYTHON to a Python with numpy"),
    arguments: cases)
  func rewardsAreThoseOfNumPy(shape: String, settings: [String], check: [String]) throws {
    let workspace = try Self.workspace(shape)
    let settings = try #require(Self.shapes[shape]) + settings
    let run = try workspace.succeed(["run", "--json"] + Self.common + settings)
    try workspace.write(run.output, to: "summary.json")
    try workspace.succeed(["score", "-q", "-o", "scores.jsonl"] + Self.common + settings)
    let judged = try workspace.oracle(
      "reward_models.py",
      ["check", "scores.jsonl", "out/data/train-00000-of-00001.jsonl", "summary.json"] + check)
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  /// A linear fit of the mean is the mean of the fits.
  @Test(
    .enabled(if: Program.pythonHas("numpy"), "set DPO_PREP_PYTHON to a Python with numpy"),
    arguments: ["within_prompt", "global"])
  func eachIsTheSameWithoutRobustPasses(scope: String) throws {
    let workspace = try Self.workspace("object")
    func curve(_ settings: String...) throws -> [Double] {
      let text = try workspace.succeed(
        ["fit", "-q"] + Self.common + ["calibration.scope=\(scope)"] + settings
      ).output
      let curves = try JSON.object(text)["curves"] as? [[String: Any]]
      return try #require(curves?.first?["bias"] as? [Double])
    }
    let (mean, each) = (
      try curve("calibration.iterations=0"),
      try curve("calibration.iterations=0", "calibration.each=true")
    )
    #expect(mean.count > 50 && mean.count == each.count)
    #expect(zip(mean, each).allSatisfy { abs($0 - $1) < 1e-6 })
    // Outliers of one model are not those of another.
    let (robust, robustEach) = (
      try curve("calibration.iterations=3"),
      try curve("calibration.iterations=3", "calibration.each=true")
    )
    #expect(zip(robust, robustEach).contains { abs($0 - $1) > 1e-4 })
  }

  /// A saved curve brings the scales with it that the rewards had where it was fitted.
  @Test(.enabled(if: Program.pythonHas("numpy"), "set DPO_PREP_PYTHON to a Python with numpy"))
  func savedCurvesKeepTheScales() throws {
    let workspace = try Self.workspace("object")
    try workspace.succeed(["fit", "-q", "-o", "curve.json"] + Self.common)
    try workspace.succeed(["score", "-q", "-o", "fitted.jsonl"] + Self.common)
    let saved = Self.common + ["calibration.curve=curve.json"]
    try workspace.succeed(["score", "-q", "-o", "read.jsonl"] + saved)
    let fitted = try workspace.read("fitted.jsonl")
    #expect(try workspace.read("read.jsonl") == fitted)

    // A part of the rows has other deviations, and the same scores all the same.
    let lines = try workspace.text(of: "in.jsonl").split(separator: "\n")
    try workspace.write(lines.prefix(30).joined(separator: "\n"), to: "in.jsonl")
    try workspace.succeed(["score", "-q", "-o", "part.jsonl"] + saved)
    let part = try workspace.read("part.jsonl")
    #expect(part.count > 1000)
    #expect(fitted.starts(with: part))

    func refused(_ settings: String...) throws -> String {
      let outcome = try workspace.dpoPrep(["run", "-q"] + saved + settings)
      #expect(outcome.status == 78, "\(outcome.errors)")
      return outcome.errors
    }
    #expect(try refused("calibration.combine=mean_rank").contains("combined by scaled_mean"))
    let one = "input.fields.rewards=all_rm_scores.tiny"
    #expect(try refused(one).contains("3 reward models"))
    let two = "input.fields.rewards=[all_rm_scores.tiny, all_rm_scores.armo]"
    #expect(try refused(two).contains("these rows have those of tiny, armo"))
    try workspace.succeed(["fit", "-q", "-o", "curve.json"] + Self.common + [one])
    #expect(try refused().contains("the curve was fitted on one reward"))
  }

  @Test(arguments: [
    (["calibration.combine=mean"], "ruled by the model with the widest one"),
    (["calibration.each=true", "calibration.combine=min"], "scaled_mean alone"),
    (
      ["input.fields.rewards={a: {field: x, weight: 2}, b: y}", "calibration.combine=min"],
      "has a weight"
    ),
    (["input.fields.rewards={a: {weight: 2}}"], "has no \"field\""),
    (["input.fields.rewards={a: {field: x, wieght: 2}}"], "did you mean"),
    (["input.fields.rewards={}"], "at least one reward model"),
    (["input.fields.rewards={a: {field: x, weight: 0}}"], "above 0"),
    (["input.fields.rewards={a: [x, y], b: z}"], "names 1 fields"),
    (["input.fields.reward={a: [x, y]}"], "2 fields for one reward model"),
    (
      ["input.fields.reward=[x, y]", "input.fields.rewards=[x, z]"], "name different reward models"
    ),
    (["pairs.agreement=1.5"], "pairs.agreement"),
  ])
  func whatDoesNotGoTogetherIsAWrongConfiguration(settings: [String], message: String) throws {
    let workspace = try Workspace()
    let outcome = try workspace.dpoPrep(
      ["config", "show", "prep.yaml", "input.paths=[in.jsonl]"] + settings)
    #expect(outcome.status == 78, "\(outcome.output)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func partsOfModelsCanBeSetAlone() throws {
    let workspace = try Workspace()
    let shown = try workspace.succeed(
      [
        "config", "show", "prep.yaml", "input.paths=[in.jsonl]",
        "input.fields.rewards={a: x, b: rb}", "input.fields.rewards.b.weight=2",
        "input.fields.rewards.c=z",
      ]
    ).output
    #expect(
      shown.contains("rewards: {a: x, b: {field: rb, weight: 2.0}, c: z}"), "\(shown)")
  }

  @Test func filesOfOtherModelsAreAnError() throws {
    let workspace = try Workspace()
    func row(_ scores: String) -> String {
      #"{"prompt": "p", "response": "a", "reward": "# + scores + "}\n"
    }
    try workspace.write(row(#"{"x": 1, "y": 2}"#), to: "in/1.jsonl")
    try workspace.write(row(#"{"x": 1, "z": 2}"#), to: "in/2.jsonl")
    let outcome = try workspace.dpoPrep(["run", "-q", "prep.yaml", "input.paths=[in]"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains("in/2.jsonl: error: the rows of this file have rewards of x, z"),
      "\(outcome.errors)")
  }

  /// A model whose rewards say nothing within prompts is told of, and takes no part.
  @Test func aModelWithoutASayIsToldOf() throws {
    let workspace = try Workspace()
    let rows = (0..<30).map { number in
      """
      {"prompt": "p\(number)", "responses": ["a\(number)", "bb \(number)"], \
      "rewards": {"same": [1e308, 1e308], "wide": [-1e308, 1e308]}}

      """
    }
    try workspace.write(rows.joined(), to: "in.jsonl")
    let outcome = try workspace.succeed(
      ["run", "--json"] + Self.common + ["calibration.method=none"])
    #expect(outcome.errors.contains("the rewards of \"same\" do not differ within any prompt"))
    #expect(JSON.count(try JSON.object(outcome.output), "ledger.pairs") == 30)
  }
}
