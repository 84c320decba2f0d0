import TestSupport
import Testing

/// The forms that benchmarks are published in, their baselines and intervals, against Python.
@Suite struct BenchmarkFormsTests {
  private static func hasPython() -> Bool { Program.pythonHas("scipy", "statsmodels") }

  @Test(
    .enabled(if: hasPython(), "set DPO_PREP_PYTHON"),
    arguments: ["rewardbench2", "rmbench", "judgebench", "rewardmath"], ["half", "wrong"])
  func figuresAndIntervalsAreThoseOfPython(form: String, ties: String) throws {
    let workspace = try Workspace()
    let seed = ties == "half" ? "1" : "2"
    let made = try workspace.oracle(
      "benchmarks.py", ["make", form, seed, "in.jsonl", "texts.jsonl"])
    #expect(made.status == 0, "\(made.errors)")
    let outcome = try workspace.succeed(
      [
        "evaluate", "rewardbench", "in.jsonl", "--json", "--ties", ties, "--resamples", "40",
        "--seed", seed, "calibration.frac=0.4", "calibration.iterations=2",
      ] + (form == "rewardmath" ? ["--texts", "texts.jsonl"] : []))
    try workspace.write(outcome.output, to: "result.json")
    let judged = try workspace.oracle(
      "benchmarks.py",
      ["check", form, "in.jsonl", "texts.jsonl", "result.json", "0.4", "2", ties])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  /// Three models together, whose unit is found again on every resample.
  @Test(
    .enabled(if: hasPython(), "set DPO_PREP_PYTHON"),
    arguments: [
      ("rewardbench2", "scaled_mean"), ("rmbench", "mean_rank"), ("rmbench", "min"),
      ("rmbench", "mean_minus_sd"),
    ])
  func ensemblesAreThoseOfPython(form: String, rule: String) throws {
    let workspace = try Workspace()
    for arguments in [
      ["make", form, "3", "one.jsonl", "texts.jsonl"], ["models", form, "one.jsonl", "in.jsonl"],
    ] {
      let made = try workspace.oracle("benchmarks.py", arguments)
      #expect(made.status == 0, "\(made.errors)")
    }
    let outcome = try workspace.succeed([
      "evaluate", "rewardbench", "in.jsonl", "--json", "--ensemble", "--resamples", "30",
      "calibration.combine=\(rule)", "calibration.frac=0.4", "calibration.iterations=2",
    ])
    try workspace.write(outcome.output, to: "result.json")
    let judged = try workspace.oracle(
      "benchmarks.py",
      ["together", form, "in.jsonl", "texts.jsonl", "result.json", "0.4", "2", "half", rule])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  /// Ids join whatever a table made of them, and never answers that are not the same.
  @Test func ensemblesJoinTheSameExamples() throws {
    let workspace = try Workspace()
    func rows(_ model: String, id: (Int) -> String, length: (Int) -> Int = { $0 % 7 + 1 })
      -> [String]
    {
      (0..<40).map { number in
        let text = String(repeating: "a", count: length(number))
        return #"{"id": \#(id(number)), "text_chosen": "\#(text)", "text_rejected": "bb", "#
          + #""scores_chosen": \#(number * 7 % 5), "scores_rejected": \#(number % 3), "#
          + #""model": "\#(model)"}"#
      }
    }
    func evaluate(_ second: [String]) throws -> (ensemble: [String: Any], errors: String) {
      try workspace.write(
        (rows("a", id: { "\($0)" }) + second).joined(separator: "\n"), to: "in.jsonl")
      let outcome = try workspace.succeed([
        "evaluate", "rewardbench", "in.jsonl", "--ensemble", "--json", "--resamples", "0",
      ])
      let models = try JSON.object(outcome.output)["models"] as? [[String: Any]]
      return (try #require(models?.last), outcome.errors)
    }
    for spell in ["%d", "%d.0", "\"%d\""] {
      let found = try evaluate(rows("b", id: { spell.replacing("%d", with: "\($0)") }))
      #expect(found.ensemble["pairs"] as? Int == 40, "\(spell)")
      #expect(found.ensemble["model"] as? String == "ensemble")
    }
    let other = try evaluate(
      rows("ensemble", id: { "\($0)" }, length: { $0 == 3 ? 60 : $0 % 7 + 1 }))
    #expect(other.ensemble["pairs"] as? Int == 39)
    #expect(other.ensemble["model"] as? String == "ensemble*")
    #expect(other.errors.contains("1 example of one id has other answers for another model"))
  }

  @Test func ensemblesNeedSeveralModels() throws {
    let workspace = try Workspace()
    func row(_ model: String, id: Int) -> String {
      #"{"id": \#(id), "text_chosen": "a", "text_rejected": "bb", "scores_chosen": 1, "#
        + #""scores_rejected": 0, "model": "\#(model)"}"#
    }
    for rows in [[row("a", id: 1)], [row("a", id: 1), row("b", id: 2)]] {
      try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
      let outcome = try workspace.dpoPrep(["evaluate", "rewardbench", "in.jsonl", "--ensemble"])
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("no example has scores of all models"), "\(outcome.errors)")
    }
    let outcome = try workspace.dpoPrep([
      "evaluate", "rewardbench", "in.jsonl", "calibration.combine=min",
    ])
    #expect(outcome.status == 64 && outcome.errors.contains("add --ensemble"), "\(outcome.errors)")
  }

  @Test(arguments: [
    (
      #"{"judgments": [], "response_A": "x", "response_B": "y", "label": "A=B"}"#,
      "label is to be A>B or B>A, found A=B"
    ),
    (
      #"{"judgments": [{"judgment": {"scores": [1, 2]}}], "response_A": "x", "label": "A>B"}"#,
      "no \"response_B\""
    ),
    (
      #"{"judgments": [{"decision": "A>B", "judgment": {}}], "response_A": "x", "response_B": "y", "#
        + #""label": "A>B"}"#,
      "no \"judgments[0].judgment.scores\", as the judge gives none"
    ),
    (
      #"{"judgments": [{"judgment": {"scores": [1, 2]}}, null], "response_A": "x", "#
        + #""response_B": "y", "label": "A>B"}"#, "no \"judgments[1].judgment.scores\""
    ),
    (
      #"{"response_A": "x", "response_B": "y", "label": "A>B"}"#, "no \"judgments\""
    ),
    (
      #"{"score_chosen": [1, 2, 3], "score_rejected": [1, 2], "chosen": ["x"], "rejected": ["y"]}"#,
      "score_chosen and score_rejected are to be of one length, found 3 and 2"
    ),
    (
      #"{"score_chosen": [1, 2], "score_rejected": [1, 2], "chosen": ["x"], "rejected": ["y"]}"#,
      "4 scores for 2 texts"
    ),
    (
      #"{"score_chosen": [1, null], "score_rejected": [1, 2], "chosen": ["x", "xx"], "#
        + #""rejected": ["y", "yy"]}"#, "is not a finite number"
    ),
    (#"{"score_chosen": [1], "chosen": ["x"], "rejected": ["y"]}"#, "no \"score_rejected\""),
    (#"{"problem": "p", "score": [1, 2, 3]}"#, "no \"text\", and --texts has no solutions"),
    (
      #"{"problem": "p", "score": [[1, 2], [2, 3]], "text": ["x", "y"]}"#,
      "a score is a list, one for each step"
    ),
    (#"{"problem": "p", "score": [1], "text": ["x"]}"#, "those of wrong ones, found 1"),
    (#"{"accuracy": 0.5, "num_prompts": 10, "model": "m"}"#, "a summary with an accuracy"),
    (#"{"chosen": 0.5, "rejected": 10}"#, "scores without texts, which MODEL_outputs.jsonl has"),
  ])
  func messagesNameWhatIsMissing(row: String, named: String) throws {
    let workspace = try Workspace()
    try workspace.write(row, to: "in.jsonl")
    let outcome = try workspace.dpoPrep(["evaluate", "rewardbench", "in.jsonl"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasPrefix("in.jsonl:1:1: error: "), "\(outcome.errors)")
    #expect(outcome.errors.contains(named), "\(outcome.errors)")
    // Beside a model with scores, the one without stays in the table.
    try workspace.write(
      #"{"id": 1, "text_chosen": "a", "text_rejected": "b", "scores_chosen": 1, "#
        + #""scores_rejected": 0, "model": "whole"}"#, to: "whole.jsonl")
    let both = try JSON.object(
      try workspace.succeed(["evaluate", "rewardbench", "whole.jsonl", "in.jsonl", "--json"]).output
    )
    let models = try #require(both["models"] as? [[String: Any]])
    #expect(models.count == 2)
    #expect(
      models.map { ($0["malformed_rows"] as? Int ?? 0) + ($0["missing_scores"] as? Int ?? 0) }
        == [0, 1])
  }

  @Test func whereLengthIsQualityItIsSaid() throws {
    let workspace = try Workspace()
    let rows = (0..<60).map { number in
      let isLong = number % 12 == 0
      return #"{"id": \#(number), "subset": "math-prm", "scores_chosen": \#(number % 7), "#
        + #""scores_rejected": 3, "text_chosen": "\#(isLong ? "aaaa" : "a")", "#
        + #""text_rejected": "bb"}"#
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let outcome = try workspace.succeed(["evaluate", "rewardbench", "in.jsonl", "--json"])
    #expect(
      outcome.errors.contains(
        "in \"math-prm\" (the shorter answer is right in 91.7 % of 60 pairs): calibration"))
    let result = try JSON.object(outcome.output)
    #expect(JSON.value(result, "longer_right.math-prm.length_is_quality") as? Bool == true)
    let quiet = try workspace.succeed(["evaluate", "rewardbench", "in.jsonl", "--quiet"])
    #expect(quiet.errors == outcome.errors)
  }

  /// Intervals and what everything was made of do not depend on threads, and on the seed they do.
  @Test func originsNameTheInputs() throws {
    let workspace = try Workspace()
    let rows = (0..<80).map { number in
      let chosen = String(repeating: "a", count: 1 + number * 7 % 23)
      return #"{"id": \#(number), "scores_chosen": \#(number * 5 % 11), "scores_rejected": 4, "#
        + #""text_chosen": "\#(chosen)", "text_rejected": "bbbbb"}"#
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let command = [
      "evaluate", "rewardbench", "in.jsonl", "--json", "--csv", "out.csv", "--html", "out.html",
      "calibration.scope=within_prompt", "calibration.transform=rank",
    ]
    let outcome = try workspace.succeed(command)
    let result = try JSON.object(outcome.output)
    let digest = try workspace.shell("sha256sum < in.jsonl").output.prefix(64)
    let inputs = try #require(JSON.value(result, "origin.inputs") as? [[String: Any]])
    #expect(inputs.map { $0["sha256"] as? String } == [String(digest)])
    #expect(inputs.map { $0["path"] as? String } == ["in.jsonl"])
    let settings = try #require(JSON.value(result, "origin.settings") as? [String: Any])
    #expect(settings["calibration.scope"] as? String == "within_prompt")
    #expect(settings["calibration.transform"] as? String == "rank")
    #expect(settings["ties"] as? String == "half")
    let table = try workspace.text(of: "out.csv")
    #expect(table.contains("\n,,input,in.jsonl,\(digest),,,\n"))
    #expect(table.contains("\n,,setting,seed,0,,,\n"))
    #expect(try workspace.text(of: "out.html").contains(digest))
    // Ranks within a pair: 0.75 and 0.25, and a tie where scores are equal.
    #expect(
      JSON.value(
        try #require((result["models"] as? [[String: Any]])?.first), "methods.original.score")
        as? Double == rows.indices.reduce(0) {
          let score = $1 * 5 % 11
          return $0 + (score > 4 ? 1 : score == 4 ? 0.5 : 0)
        } / 80)
    let other = try workspace.succeed(command + ["--seed", "1"])
    #expect(other.output.figures != outcome.output.figures)
    let none = try workspace.succeed(command + ["--resamples", "0"])
    #expect(!none.output.contains("\"excludes_zero\": true"))
    let wrong = try workspace.dpoPrep(command + ["--resamples=-1"])
    #expect(wrong.status == 64 && wrong.errors.contains("needs a whole number from 0"))
  }

  @Test(
    .enabled(if: hasPython(), "set DPO_PREP_PYTHON"),
    arguments: ["length_controlled_v1", "length_controlled_minimal"])
  func lengthControlledWinRatesAreThoseOfTheirRegression(form: String) throws {
    let workspace = try Workspace()
    let made = try workspace.oracle("length_control.py", ["make", "annotations.json", "gamed.csv"])
    #expect(made.status == 0, "\(made.errors)")
    let outcome = try workspace.succeed(
      ["evaluate", "alpacaeval", "annotations.json", "--json", "--resamples", "5"]
        + (form == "length_controlled_v1" ? ["--gamed", "gamed.csv"] : []))
    try workspace.write(outcome.output, to: "result.json")
    let judged = try workspace.oracle(
      "length_control.py", ["check", "annotations.json", "gamed.csv", "result.json", form])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    let missing = try workspace.dpoPrep([
      "evaluate", "alpacaeval", "annotations.json", "--gamed", "annotations.json",
    ])
    #expect(missing.status == 65 && missing.errors.contains("no column \"index\""))
  }
}
