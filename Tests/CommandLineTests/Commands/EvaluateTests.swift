import TestSupport
import Testing

/// The paper's evaluations, against scipy and statsmodels where they are there.
@Suite struct EvaluateTests {
  private static func hasPython() -> Bool { Program.pythonHas("scipy", "statsmodels") }

  /// A real file of the test data, decompressed.
  private static func data(_ name: String, in workspace: Workspace) throws -> String {
    let folder = try #require(Program.testData)
    let outcome = try workspace.shell("zstd -dcqf '\(folder)/\(name)' > '\(name).jsonl'")
    #expect(outcome.status == 0, "\(outcome.errors)")
    return "\(name).jsonl"
  }

  private static func judge(_ workspace: Workspace, _ arguments: [String]) throws {
    let judged = try workspace.oracle("evaluate.py", arguments)
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  // MARK: RewardBench

  private static let subsets = ["alpacaeval-easy", "math-prm", "hep-cpp", "donotanswer", "own"]

  /// The fields of an example as JSON, the model's name apart.
  private static func examples(_ count: Int, seed: UInt64) -> [[(name: String, value: String)]] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { number in
      let texts = (0..<2).map { _ in String(repeating: "wörd ", count: 1 + random.below(60)) }
      let scores = texts.map { Double($0.count) / 100 + random.normal() }
      return [
        ("id", "\(number)"), ("subset", "\"\(subsets[number % subsets.count])\""),
        ("text_chosen", "\"\(texts[0])\""), ("text_rejected", "\"\(texts[1])\""),
        ("scores_chosen", "[\(scores[0])]"), ("scores_rejected", "\(scores[1])"),
      ]
    }
  }

  /// Scores of one model, in JSON Lines.
  private static func scores(_ count: Int, seed: UInt64) -> [String] {
    examples(count, seed: seed).map { fields in
      let members = fields.map { "\"\($0.name)\": \($0.value)" }
      return "{" + members.joined(separator: ", ") + ", \"model\": \"org/model-\(seed)\"}"
    }
  }

  @Test(
    .enabled(if: hasPython() && Program.testData != nil, "set DPO_PREP_PYTHON, DPO_PREP_TESTDATA"),
    arguments: [
      "judgebench-internlm2-7b", "judgebench-skywork-llama31-8b", "llmbar-chatgpt-ratings",
    ],
    [
      ["0.3", "3", "4", "10", "0", "half"], ["0.3", "3", "4", "10", "0", "wrong"],
      ["1.0", "3", "4", "20", "1", "wrong"], ["0.6", "0", "8", "5", "0", "half"],
    ])
  func realScoresAreJudgedAsByScipy(name: String, settings: [String]) throws {
    let workspace = try Workspace()
    let file = try Self.data("\(name).jsonl.zst", in: workspace)
    let outcome = try workspace.succeed(
      [
        "evaluate", "rewardbench", file, "--json", "calibration.frac=\(settings[0])",
        "calibration.iterations=\(settings[1])", "calibration.ratio=\(settings[2])",
        "calibration.min_count=\(settings[3])",
      ] + Self.rules(isCompatible: settings[4] == "1", ties: settings[5]))
    try workspace.write(outcome.output, to: "result.json")
    try Self.judge(workspace, ["rewardbench", file, "result.json"] + settings)
  }

  /// The options for what the oracle is told; `--reference-compatible` alone counts ties as wrong.
  private static func rules(isCompatible: Bool, ties: String) -> [String] {
    isCompatible
      ? ["--reference-compatible"] + (ties == "wrong" ? [] : ["--ties", ties])
      : ties == "half" ? [] : ["--ties", ties]
  }

  /// Generated scores whose `results` say now and then what the scores do not.
  @Test(
    .enabled(if: hasPython(), "set DPO_PREP_PYTHON"), arguments: ["0", "1"], ["half", "wrong"])
  func generatedScoresAreJudgedAsByScipy(isCompatible: String, ties: String) throws {
    let workspace = try Workspace()
    let lines = Self.examples(600, seed: 12).enumerated().map { number, fields in
      let members = fields.map { field in
        // The oracle takes plain numbers.
        let value =
          field.name == "scores_chosen" ? field.value.filter { !"[]".contains($0) } : field.value
        return "\"\(field.name)\": \(value)"
      }
      let result = ["1", "0", "0.5"][number % 3]
      return "{" + members.joined(separator: ", ") + ", \"results\": \(result)}"
    }
    try workspace.write(lines.joined(separator: "\n"), to: "in.jsonl")
    let outcome = try workspace.succeed(
      ["evaluate", "rewardbench", "in.jsonl", "--json"]
        + Self.rules(isCompatible: isCompatible == "1", ties: ties))
    try workspace.write(outcome.output, to: "result.json")
    try Self.judge(
      workspace,
      ["rewardbench", "in.jsonl", "result.json", "0.3", "3", "4", "10", isCompatible, ties])
  }

  @Test func everyFormOfScoresSaysTheSame() throws {
    let workspace = try Workspace()
    let lines = Self.scores(400, seed: 3)
    try workspace.write(lines.joined(separator: "\n"), to: "lines.jsonl")
    try workspace.write("[" + lines.joined(separator: ",\n") + "]", to: "list.json")
    let examples = Self.examples(400, seed: 3)
    let columns = examples[0].indices.map { column in
      let values = examples.map { $0[column].value }.joined(separator: ", ")
      return "\"\(examples[0][column].name)\": [\(values)]"
    }
    let object = "{\n  " + columns.joined(separator: ",\n  ") + #", "model_type": "x"}"#
    try workspace.write(object, to: "eval-set-scores/org/model-3.json")
    let results = try ["lines.jsonl", "list.json", "eval-set-scores/org/model-3.json"].map {
      try workspace.succeed(["evaluate", "rewardbench", $0, "--json"]).output
    }
    #expect(results.allSatisfy { $0.figures == results[0].figures })
    #expect(results[0].contains("\"org/model-3\""))
  }

  @Test func sectionsWeighTheirSubsetsAsTheLeaderboardDoes() throws {
    let workspace = try Workspace()
    try workspace.write(Self.scores(500, seed: 4).joined(separator: "\n"), to: "in.jsonl")
    let result = try JSON.object(
      try workspace.succeed(["evaluate", "rewardbench", "in.jsonl", "--json"]).output)
    let model = try #require((result["models"] as? [[String: Any]])?.first)
    for method in ["original", "penalty", "mean", "lwr", "lwr_penalty"] {
      let figures = try #require(JSON.value(model, "methods.\(method)") as? [String: Any])
      let subsets = try #require(figures["subsets"] as? [String: Double])
      let sections = try #require(figures["sections"] as? [String: Double])
      #expect(sections.keys.sorted() == ["Chat", "Reasoning", "Safety", "own"])
      let reasoning =
        (984 * subsets["math-prm", default: 0] + 164 * subsets["hep-cpp", default: 0])
        / (984 + 164)
      #expect(abs(sections["Reasoning", default: 0] - reasoning) < 1e-12)
      #expect(sections["own"] == subsets["own"])
      let score = try #require(figures["score"] as? Double)
      #expect(abs(score - sections.values.reduce(0, +) / 4) < 1e-12)
    }
  }

  @Test func whatIsMissingIsToldOf() throws {
    let workspace = try Workspace()
    var lines = Self.scores(50, seed: 5)
    lines[7] = lines[7].replacing(
      "\"scores_rejected\": ", with: "\"scores_rejected\": null, \"x\": ")
    lines.append(#"{"id": 99, "subset": "own"}"#)
    try workspace.write(lines.joined(separator: "\n"), to: "a.jsonl")
    try workspace.write(Self.scores(60, seed: 6).joined(separator: "\n"), to: "b.jsonl")
    try workspace.write(
      Self.scores(20, seed: 7).map {
        $0.replacing(#/"scores_rejected": [^,]*/#, with: "\"scores_rejected\": 1")
          .replacing(#/\[[^\]]*\]/#, with: "[1]")
      }.joined(separator: "\n"), to: "c.jsonl")
    let outcome = try workspace.succeed(
      ["evaluate", "rewardbench", "a.jsonl", "b.jsonl", "c.jsonl", "--json", "--csv", "out.csv"])
    let result = try JSON.object(outcome.output)
    let models = try #require(result["models"] as? [[String: Any]])
    #expect(models.map { $0["pairs"] as? Int } == [49, 60, 20])
    #expect(models.map { $0["missing_scores"] as? Int } == [1, 0, 0])
    #expect(models.map { $0["missing_rows"] as? Int } == [11, 0, 40])
    #expect(models.map { $0["constant_scores"] as? Bool } == [false, false, true])
    #expect(JSON.count(models[2], "methods.original.ties") == 20)
    #expect(result["malformed_rows"] as? Int == 1)
    #expect(
      outcome.errors.hasPrefix(
        "a.jsonl:51:1: warning: rows that lack a field, left out: 1, the first: "))
    let text = try workspace.succeed(["evaluate", "rewardbench", "a.jsonl"]).output
    #expect(
      text.contains(
        "left out: 1, the first at a.jsonl:51:1: no \"scores_chosen\", no \"scores_rejected\", no "
          + "\"text_chosen\", no \"text_rejected\"\n"))
    #expect(
      try workspace.text(of: "out.csv").hasPrefix(
        "model,method,kind,name,value,lower,upper,count\norg/model-5,"))
    let none = try workspace.dpoPrep(["evaluate", "rewardbench", "out.csv"])
    #expect([65, 66].contains(none.status))
  }

  @Test func tiesCountHalfUnlessTheyAreToBeWrong() throws {
    let workspace = try Workspace()
    let rows = [(2, 1), (1, 1), (1, 1), (0, 1)].map { chosen, rejected in
      #"{"scores_chosen": \#(chosen), "scores_rejected": \#(rejected), "#
        + #""text_chosen": "aa", "text_rejected": "bb"}"#
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    for (options, score, rule, told) in [
      ([], 0.5, "half", "ties, counted half"),
      (["--ties", "half", "--reference-compatible"], 0.5, "half", "ties, counted half"),
      (["--ties", "wrong"], 0.25, "wrong", "ties, counted wrong"),
      (["--reference-compatible"], 0.25, "wrong", "ties, counted wrong"),
    ] {
      let command = ["evaluate", "rewardbench", "in.jsonl"] + options
      let result = try JSON.object(try workspace.succeed(command + ["--json"]).output)
      let model = try #require((result["models"] as? [[String: Any]])?.first)
      #expect(JSON.value(model, "methods.original.score") as? Double == score)
      #expect(JSON.count(model, "methods.original.ties") == 2)
      #expect(result["tie_rule"] as? String == rule)
      #expect(try workspace.succeed(command).output.contains(told))
    }
    let outcome = try workspace.dpoPrep(["evaluate", "rewardbench", "in.jsonl", "--ties", "none"])
    #expect(outcome.status == 64 && outcome.errors.contains("needs half or wrong"))
  }

  @Test func brokenFilesAreErrorsWithTheirPlace() throws {
    let workspace = try Workspace()
    let lines = Self.scores(20, seed: 12)
    let list = "[" + lines.joined(separator: ",\n") + "]"
    try workspace.write(lines.joined(separator: "\n"), to: "whole.jsonl")
    let cases = [
      ("row.jsonl", (lines + ["{\"id\": 1, oops"]).joined(separator: "\n"), "row.jsonl:21:11: "),
      ("row.json", (lines + ["[1]"]).joined(separator: "\n"), "row.json:21:1: "),
      ("cut.json", String(list.dropLast(1)), "cut.json:20:\(lines[19].utf8.count + 1): "),
      ("columns.json", "{\n\"id\": [1, 2],\n\"subset\": [\"a\",\n", "columns.json:4:1: "),
      ("empty.jsonl", "", "empty.jsonl: "), ("none.json", "[]", "none.json: "),
    ]
    for (name, content, place) in cases {
      try workspace.write(content, to: name)
      let outcome = try workspace.dpoPrep(["evaluate", "rewardbench", "whole.jsonl", name])
      #expect(outcome.status == 65 && outcome.output.isEmpty, "\(name)")
      #expect(outcome.errors.hasPrefix(place + "error: "), "\(name): \(outcome.errors)")
    }
    // Columns of unequal length leave rows that lack a field.
    try workspace.write(
      #"{"id": [1, 2], "subset": ["a", "a"], "scores_chosen": [1, 2, 3], "#
        + #""scores_rejected": [0, 1], "text_chosen": ["x", "y"], "text_rejected": ["xx"]}"#,
      to: "uneven.json")
    let uneven = try JSON.object(
      try workspace.succeed(["evaluate", "rewardbench", "uneven.json", "--json"]).output)
    #expect(uneven["malformed_rows"] as? Int == 2)
  }

  @Test func theBenchmarksOwnTextsCount() throws {
    let workspace = try Workspace()
    let lines = Self.scores(300, seed: 8)
    // The same texts in a template that would hide their lengths.
    let padding = String(repeating: "<system>", count: 3)
    try workspace.write(
      lines.map { $0.replacing("_chosen\": \"", with: "_chosen\": \"\(padding)") }
        .joined(separator: "\n"), to: "templated.jsonl")
    try workspace.write(
      lines.map { $0.replacing("text_", with: "") }.joined(separator: "\n"), to: "texts.jsonl")
    try workspace.write(lines.joined(separator: "\n"), to: "plain.jsonl")
    let joined = try workspace.succeed(
      ["evaluate", "rewardbench", "templated.jsonl", "--texts", "texts.jsonl", "--json"])
    let plain = try workspace.succeed(["evaluate", "rewardbench", "plain.jsonl", "--json"])
    #expect(joined.output.figures == plain.output.figures)
    let templated = try workspace.succeed(["evaluate", "rewardbench", "templated.jsonl", "--json"])
    #expect(templated.output.figures != plain.output.figures)
  }

  @Test func settingsAreThoseOfTheMainJob() throws {
    let workspace = try Workspace()
    try workspace.write(Self.scores(200, seed: 9).joined(separator: "\n"), to: "in.jsonl")
    let two = try workspace.succeed([
      "evaluate", "rewardbench", "in.jsonl", "--json",
      "calibration.characteristics=[{name: words, alpha: 0.5}, markdown]", "calibration.frac=auto",
    ])
    let one = try workspace.succeed(["evaluate", "rewardbench", "in.jsonl", "--json"])
    #expect(two.output.figures != one.output.figures)
    for (setting, status) in [
      ("calibration.frak=1", Int32(64)), ("calibration.curve=x", 64), ("calibration.frac=2", 78),
      ("calibration.characteristics=[{name: chars, alpha: auto}]", 78),
    ] {
      let outcome = try workspace.dpoPrep(["evaluate", "rewardbench", "in.jsonl", setting])
      #expect(outcome.status == status, "\(setting): \(outcome.errors)")
    }
  }

  // MARK: AlpacaEval

  @Test(
    .enabled(if: hasPython() && Program.testData != nil, "set DPO_PREP_PYTHON, DPO_PREP_TESTDATA"),
    arguments: [
      ["0.3", "3", "4", "10", "1", "0", "half"], ["0.3", "3", "8", "10", "0", "1", "wrong"],
      ["0.7", "0", "4", "40", "0", "0", "wrong"], ["0.3", "3", "4", "10", "1", "1", "half"],
    ])
  func leaderboardsAreThoseOfScipy(settings: [String]) throws {
    let workspace = try Workspace()
    let folder = try #require(Program.testData)
    let rows = try Self.data("alpacaeval-flat.jsonl.zst", in: workspace)
    let ranking = "\(folder)/alpacaeval-leaderboard-arena.csv"
    let outcome = try workspace.succeed(
      [
        "evaluate", "alpacaeval", rows, "--json", "--baseline-file",
        "\(folder)/alpacaeval-baseline.jsonl", "--score", "reward", "--preferences",
        "--ranking", "ranking=\(ranking):length_controlled_winrate", "--resamples", "0",
        "calibration.frac=\(settings[0])", "calibration.iterations=\(settings[1])",
        "calibration.ratio=\(settings[2])", "calibration.min_count=\(settings[3])",
      ] + (settings[4] == "1" ? ["--baseline-in-fit"] : [])
        + Self.rules(isCompatible: settings[5] == "1", ties: settings[6]))
    try workspace.write(outcome.output, to: "result.json")
    try Self.judge(
      workspace,
      [
        "alpacaeval", rows, "\(folder)/alpacaeval-baseline.jsonl", "result.json", ranking,
        "length_controlled_winrate",
      ] + settings)
  }

  /// A folder of models as AlpacaEval has it, and the same rows flat.
  @Test func aFolderOfModelsIsTheSameAsFlatRows() throws {
    let workspace = try Workspace()
    var random = SeededRandom(seed: 11)
    var flat: [String] = []
    for model in ["base", "first", "second", "second_concise", "second_verbose"] {
      let outputs = (0..<40).map { number in
        let text = String(repeating: "word ", count: 1 + random.below(50))
        return #"{"instruction": "Do \#(number)", "output": "\#(text)", "score": "#
          + #"\#(Double(text.count) / 100 + random.normal()), "generator": "\#(model)"}"#
      }
      flat += outputs
      try workspace.write(
        "[\n" + outputs.joined(separator: ",\n") + "\n]",
        to: "results/\(model)/model_outputs_rm.json")
      try workspace.write(
        #"[{"instruction": "Do 1", "preference": 1.5}]"#,
        to: "results/\(model)/annotations.json")
    }
    try workspace.write(flat.joined(separator: "\n"), to: "flat.jsonl")
    let results = try ["results", "flat.jsonl"].map {
      try workspace.succeed(["evaluate", "alpacaeval", $0, "--baseline", "base", "--json"]).output
    }
    #expect(results[0].figures == results[1].figures)
    let result = try JSON.object(results[0])
    #expect((result["models"] as? [Any])?.count == 4)
    #expect(JSON.value(result, "gameability.lwr.verbosity") is Double)

    let unknown = try workspace.dpoPrep(["evaluate", "alpacaeval", "results", "--baseline", "bas"])
    #expect(unknown.status == 65)
    #expect(unknown.errors.contains("did you mean \"base\"?"))
    try workspace.write("model,elo\nfirst,1\nsecond,2\n", to: "ranking.csv")
    let column = try workspace.dpoPrep([
      "evaluate", "alpacaeval", "results", "--baseline", "base", "--ranking", "a=ranking.csv:ello",
    ])
    #expect(column.status == 65 && column.errors.contains("the columns are model, elo"))
    let ranking = try workspace.dpoPrep([
      "evaluate", "alpacaeval", "results", "--baseline", "base", "--ranking", "a=none.csv:elo",
    ])
    #expect(ranking.status == 66 && ranking.errors.hasPrefix("none.csv: error: "))
    let alone = try workspace.dpoPrep([
      "evaluate", "alpacaeval", "results/base", "--baseline", "base",
    ])
    #expect(alone.status == 65 && alone.errors.contains("no model has a score"))
  }

  // MARK: Figures

  @Test func reportsHaveTheFigures() throws {
    let workspace = try Workspace()
    for seed in UInt64(1)...3 {
      try workspace.write(Self.scores(100, seed: seed).joined(separator: "\n"), to: "\(seed).jsonl")
    }
    try workspace.succeed(
      ["evaluate", "rewardbench", "1.jsonl", "2.jsonl", "3.jsonl", "--html", "report.html"])
    let report = try workspace.text(of: "report.html")
    #expect(report.contains("Score by model") && report.contains("Gain by method"))
    #expect(!report.contains("<script") && !report.contains("nan"))
  }
}
