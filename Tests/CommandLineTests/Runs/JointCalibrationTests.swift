import Foundation
import TestSupport
import Testing

/// `calibration.jointly`: a curve and lines that are fitted together.
@Suite struct JointCalibrationTests {
  private static let settings = [
    "calibration.jointly=true", "calibration.characteristics=[field:len, field:a, field:b]",
    "calibration.frac=0.4", "filters.min_chars=0",
  ]

  private static func hasStatsmodels() -> Bool { Program.pythonHas("statsmodels") }

  private func workspace(seed: Int) throws -> Workspace {
    let workspace = try Workspace()
    #expect(try workspace.oracle("joint.py", ["make", "\(seed)", "rows.jsonl"]).status == 0)
    return workspace
  }

  @Test(
    .enabled(if: hasStatsmodels(), "set DPO_PREP_PYTHON to a Python with statsmodels"),
    arguments: 1...3, ["global", "within_prompt"])
  func curvesAreThoseOfAnIndependentFit(seed: Int, scope: String) throws {
    let workspace = try workspace(seed: seed)
    for passes in ["0", "1", "3"] {
      try workspace.succeed(
        [
          "fit", "rows.jsonl", "-q", "-o", "curve.json", "calibration.scope=\(scope)",
          "calibration.iterations=\(passes)",
        ] + Self.settings)
      let judged = try workspace.oracle(
        "joint.py", ["check", "rows.jsonl", "curve.json", "0.4", passes, scope])
      #expect(judged.status == 0, "\(passes) passes: \(judged.output)\(judged.errors)")
    }
  }

  /// Coarse ratings, of which many are the same, and lengths with a long tail.
  @Test(
    .enabled(if: hasStatsmodels() && Program.testData != nil, "set DPO_PREP_TESTDATA"),
    arguments: ["global", "within_prompt"])
  func curvesOfRealAnswersAreThoseOfAnIndependentFit(scope: String) throws {
    let workspace = try Workspace()
    let source = try #require(Program.testData) + "/wildbench-flat.jsonl.zst"
    #expect(try workspace.oracle("joint.py", ["real", source, "90", "rows.jsonl"]).status == 0)
    for passes in scope == "global" ? ["0", "1"] : ["0"] {
      try workspace.succeed(
        [
          "fit", "rows.jsonl", "-q", "-o", "curve.json", "calibration.scope=\(scope)",
          "calibration.iterations=\(passes)", "filters.dedup=false",
        ] + Self.settings)
      let judged = try workspace.oracle(
        "joint.py", ["check", "rows.jsonl", "curve.json", "0.4", passes, scope])
      #expect(judged.status == 0, "\(passes) passes: \(judged.output)\(judged.errors)")
    }
  }

  /// A job makes what a run makes, and a saved curve what the fit made, whatever the threads.
  @Test(
    .enabled(if: hasStatsmodels(), "set DPO_PREP_PYTHON to a Python with statsmodels"),
    arguments: ["global", "within_prompt"])
  func datasetsAreTheSameAllWays(scope: String) throws {
    let workspace = try workspace(seed: 4)
    let settings = Self.settings + ["calibration.scope=\(scope)", "output.format=jsonl"]
    func data(_ folder: String) throws -> [String: [UInt8]] {
      try workspace.contents(of: folder + "/data")
    }
    try workspace.succeed(["run", "rows.jsonl", "-o", "one", "run.threads=1"] + settings)
    try workspace.succeed(["run", "rows.jsonl", "-o", "three", "run.threads=3"] + settings)
    try workspace.succeed([
      "run", "rows.jsonl", "-o", "saved", "calibration.curve=one/curve.json",
      "calibration.characteristics=[field:len, field:a, field:b]", "filters.min_chars=0",
      "output.format=jsonl",
    ])
    try workspace.write("input: {paths: [rows.jsonl]}\n", to: "job.yaml")
    try workspace.succeed(["job", "init", "job.yaml", "job", "output.dir=jobs"] + settings)
    try workspace.succeed(["job", "run", "job"])
    let expected = try data("one")
    #expect(try data("three") == expected)
    #expect(try data("saved") == expected)
    #expect(try data("jobs") == expected)

    let manifest = try JSON.object(
      String(decoding: workspace.read("one/manifest.json"), as: UTF8.self))
    let calibration = try #require(manifest["calibration"] as? [String: Any])
    #expect(calibration["jointly"] as? Bool == true)
    let removed = try #require(calibration["removed"] as? [[String: Any]])
    #expect(removed[0]["coefficient"] == nil)
    for line in removed.dropFirst() {
      let error = try #require(line["standard_error"] as? Double)
      // The truth is 0.3 and -0.2, and the noise that of half a point.
      #expect((0.005...0.1).contains(error), "\(line)")
    }
  }

  /// What goes with the others entirely has no line of its own, which is said.
  @Test(.enabled(if: hasStatsmodels(), "set DPO_PREP_PYTHON to a Python with statsmodels"))
  func whatNothingTellsIsSaid() throws {
    let workspace = try workspace(seed: 5)
    let outcome = try workspace.succeed([
      "run", "rows.jsonl", "-o", "out", "calibration.jointly=true", "filters.min_chars=0",
      "calibration.characteristics=[field:len, field:a, field:b, field:c]",
    ])
    #expect(outcome.errors.contains("warning: nothing tells what field:"))
    #expect(outcome.errors.components(separatedBy: "nothing tells what").count == 2)
  }

  @Test(arguments: [
    (["calibration.method=mean", "calibration.characteristics=[chars, bold]"], "is mean"),
    (["calibration.characteristics=[chars]"], "needs two or more characteristics"),
  ])
  func whatCannotBeFittedTogetherIsRefused(settings: [String], words: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 5).nested, to: "in.jsonl")
    let outcome = try workspace.dpoPrep(
      ["run", "in.jsonl", "-o", "out", "calibration.jointly=true"] + settings)
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  /// Kinds of Markdown are characteristics of their own, and together what `markdown` counts.
  @Test func kindsOfMarkdownAddUp() throws {
    let workspace = try Workspace()
    let texts = [
      "# A\\n- b\\n- **c**", "plain", "```\\ncode\\n```\\n1. x **y** __z__", "## B\\n### C\\n* d",
    ]
    try workspace.write(
      #"{"prompt": "p", "all_generated_responses": [\#(texts.map { "\"\($0)\"" }.joined(separator: ", "))], "all_rm_scores": [1, 2, 3, 4]}"#
        + "\n", to: "in.jsonl")
    func values(_ name: String) throws -> [Double] {
      let outcome = try workspace.succeed([
        "score", "in.jsonl", "-q", "calibration.characteristics=[\(name)]", "filters.min_chars=0",
      ])
      return try outcome.output.split(separator: "\n").map {
        try #require(try JSON.object(String($0))[name] as? Double)
      }
    }
    #expect(try values("headers") == [1, 0, 0, 2])
    #expect(try values("lists") == [2, 0, 1, 1])
    #expect(try values("bold") == [1, 0, 2, 0])
    #expect(try values("code") == [0, 0, 1, 0])
    #expect(try values("markdown") == [4, 0, 3, 3])
  }
}
