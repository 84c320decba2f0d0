import TestSupport
import Testing

/// The forms that the programs of benchmarks write, and what becomes of rows without a score.
@Suite struct EvaluateFormsTests {
  private static func hasPython() -> Bool { Program.pythonHas("scipy", "statsmodels") }

  private static func models(_ result: [String: Any]) throws -> [String: [String: Any]] {
    let models = try #require(result["models"] as? [[String: Any]])
    return Dictionary(
      models.compactMap { model in (model["model"] as? String).map { ($0, model) } },
      uniquingKeysWith: { first, _ in first })
  }

  private static func winRate(_ model: [String: Any]?) -> Double? {
    JSON.value(model ?? [:], "methods.original.win_rate") as? Double
  }

  // MARK: Preferences

  private static let baseline = "gpt4_1106_preview"

  /// An answer of a model with a preference over the baseline's from 0 to 1.
  private struct Answer {
    var model: String
    var number: Int
    var text: String
    var preference: Double
  }

  /// Answers of four models to 50 instructions, in 128ths so that either scale has them exactly.
  private static func answers() -> [Answer] {
    var random = SeededRandom(seed: 21)
    return ["one", "one_concise", "one_verbose", "two"].flatMap { model in
      (0..<50).map { number in
        Answer(
          model: model, number: number,
          text: String(repeating: "wörd ", count: 1 + random.below(60)),
          preference: Double(1 + random.below(127)) / 128)
      }
    }
  }

  private static func baselineText(_ number: Int) -> String {
    String(repeating: "base ", count: 1 + number % 17)
  }

  private static func flat(_ answers: [Answer], offset: Double = 0) -> String {
    answers.map {
      #"{"prompt_id": "Do \#($0.number)", "response": "\#($0.text)", "generator": "\#($0.model)", "#
        + #""reward": \#($0.preference + offset)}"#
    }.joined(separator: "\n")
  }

  private static func baselineRows() -> String {
    (0..<50).map {
      #"{"prompt_id": "Do \#($0)", "response": "\#(baselineText($0))"}"#
    }.joined(separator: "\n")
  }

  /// AlpacaEval's annotations.
  ///
  /// - Parameter isReversed: Whether the baseline's output is the second.
  private static func annotations(_ answers: [Answer], isReversed: Bool = false) -> String {
    let rows = answers.map { answer in
      let (base, model) = isReversed ? ("2", "1") : ("1", "2")
      let preference = isReversed ? 2 - answer.preference : 1 + answer.preference
      return #"{"instruction": "Do \#(answer.number)", "output_\#(base)": "#
        + #""\#(baselineText(answer.number))", "generator_\#(base)": "\#(baseline)", "#
        + #""output_\#(model)": "\#(answer.text)", "generator_\#(model)": "\#(answer.model)", "#
        + #""annotator": "judge", "preference": \#(preference)}"#
    }
    return "[\n" + rows.joined(separator: ",\n") + "\n]"
  }

  @Test(.enabled(if: hasPython(), "set DPO_PREP_PYTHON"), arguments: [false, true])
  func annotationsAreJudgedAsByScipy(isReversed: Bool) throws {
    let workspace = try Workspace()
    let answers = Self.answers()
    try workspace.write(Self.annotations(answers, isReversed: isReversed), to: "annotations.json")
    // As AlpacaEval's leaderboards are: the models' column has no name.
    try workspace.write(",elo\none,3\none_concise,1\none_verbose,5\ntwo,2\n", to: "board.csv")
    let outcome = try workspace.succeed([
      "evaluate", "alpacaeval", "annotations.json", "--json", "--ranking", "ranking=board.csv:elo",
      "calibration.frac=0.4",
    ])
    try workspace.write(outcome.output, to: "result.json")
    try workspace.write(Self.flat(answers), to: "flat.jsonl")
    try workspace.write(Self.baselineRows(), to: "base.jsonl")
    try workspace.write("model,elo\none,3\none_concise,1\none_verbose,5\ntwo,2\n", to: "named.csv")
    let judged = try workspace.oracle(
      "evaluate.py",
      [
        "alpacaeval", "flat.jsonl", "base.jsonl", "result.json", "named.csv", "elo", "0.4", "3",
        "4",
        "10", "0", "0", "half",
      ])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    #expect(outcome.output.contains("\"preference_scale\": \"1-2\""))
  }

  @Test func preferencesOfBothScalesAreTheSame() throws {
    let workspace = try Workspace()
    let answers = Self.answers()
    try workspace.write(Self.annotations(answers), to: "annotations.json")
    try workspace.write(Self.flat(answers), to: "zero.jsonl")
    try workspace.write(Self.flat(answers, offset: 1), to: "one.jsonl")
    try workspace.write(Self.baselineRows(), to: "base.jsonl")
    let results = try [
      ["zero.jsonl", "--baseline-file", "base.jsonl", "--preferences"],
      ["one.jsonl", "--baseline-file", "base.jsonl", "--preferences"],
      ["one.jsonl", "--baseline-file", "base.jsonl", "--preference-scale", "1-2"],
      ["annotations.json"], ["annotations.json", "--preferences", "--score", "preference"],
    ].map { try workspace.succeed(["evaluate", "alpacaeval", "--json"] + $0).output }
    for result in results.dropFirst() {
      #expect(result.replacing("\"1-2\"", with: "\"0-1\"").figures == results[0].figures)
    }
    // The win rate of the rewards as they are is 100 · mean(preference − 1).
    let models = try Self.models(try JSON.object(results[3]))
    for (name, answers) in Dictionary(grouping: answers, by: \.model) {
      let mean = answers.reduce(0) { $0 + $1.preference } / Double(answers.count)
      #expect(abs((Self.winRate(models[name]) ?? 0) - mean * 100) < 1e-9)
    }
    // A folder's annotations, and one that is named beside files of outputs.
    for model in Set(answers.map(\.model)) {
      try workspace.write(
        Self.annotations(answers.filter { $0.model == model }),
        to: "results/\(model)/judge/annotations.json")
    }
    let folder = try workspace.succeed(["evaluate", "alpacaeval", "results", "--json"]).output
    #expect(try Self.models(try JSON.object(folder)).keys.sorted() == models.keys.sorted())
    try workspace.write(
      #"[{"instruction": "Do 1", "output": "x", "generator": "x", "score": null}]"#,
      to: "model_outputs.json")
    let named = try workspace.succeed([
      "evaluate", "alpacaeval", "annotations.json", "model_outputs.json", "--json",
    ])
    #expect(try Self.models(try JSON.object(named.output)).count == models.count + 1)
    let mistaken = try workspace.dpoPrep([
      "evaluate", "alpacaeval", "annotations.json", "--baseline", "davinci",
    ])
    #expect(mistaken.status == 65)
    #expect(
      mistaken.errors.contains("over \"\(Self.baseline)\", not over the baseline \"davinci\""))
  }

  /// Ends of AlpacaEval's scale, with the old tie that is written as 0.
  @Test func oneIsALossWhereAnyPreferenceIsAbove() throws {
    let workspace = try Workspace()
    let scores = ["loses": [1, 1, 1.125, 1], "wins": [2, 1.875, 2, 2], "ties": [0, 1.5, 0, 1.5]]
    var rows = (0..<4).map { #"{"prompt": "\#($0)", "output": "base", "model": "b"}"# }
    for (model, scores) in scores.sorted(by: { $0.key < $1.key }) {
      rows += scores.enumerated().map {
        #"{"prompt": "\#($0)", "output": "\#(model)", "model": "\#(model)", "preference": \#($1)}"#
      }
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let result = try JSON.object(
      try workspace.succeed([
        "evaluate", "alpacaeval", "in.jsonl", "--baseline", "b", "--preferences", "--json",
      ]).output)
    let models = try Self.models(result)
    // Three of four at the clip of 0.0001.
    #expect(abs((Self.winRate(models["loses"]) ?? 0) - (12.5 + 3 * 0.01) / 4) < 1e-9)
    #expect(abs((Self.winRate(models["wins"]) ?? 0) - (87.5 + 3 * 99.99) / 4) < 1e-9)
    #expect(Self.winRate(models["ties"]) == 50)
    #expect(JSON.count(models["ties"] ?? [:], "methods.original.ties") == 4)
    #expect(result["preference_scale"] as? String == "1-2")
  }

  @Test func preferencesOfTwoScalesAreAnError() throws {
    let workspace = try Workspace()
    func write(_ scores: [Double]) throws {
      let rows = scores.enumerated().flatMap { number, score in
        [
          #"{"instruction": "\#(number)", "output": "x", "generator": "\#(Self.baseline)"}"#,
          #"{"instruction": "\#(number)", "output": "y", "generator": "m", "score": \#(score)}"#,
        ]
      }
      try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    }
    let command = ["evaluate", "alpacaeval", "in.jsonl", "--preferences"]
    for (scores, place, found) in [
      (
        [1, 0.25, 1.75], "in.jsonl:4:1", "0.25 in line 4 of in.jsonl and 1.75 in line 6 of in.jsonl"
      ),
      ([0.25, 1, 7], "in.jsonl:6:1", "found 7.0 in line 6"),
      ([0.25, -1, 1], "in.jsonl:4:1", "found -1.0 in line 4"),
    ] {
      try write(scores)
      let outcome = try workspace.dpoPrep(command)
      #expect(outcome.status == 65 && outcome.output.isEmpty)
      #expect(outcome.errors.hasPrefix("\(place): error: "), "\(outcome.errors)")
      #expect(outcome.errors.contains(found), "\(outcome.errors)")
      #expect(outcome.errors.contains("--preference-scale"), "\(outcome.errors)")
    }
    // A scale that is asked for holds; what is not on it is missing and counted.
    try write([0.25, 1.75, 7])
    let result = try JSON.object(
      try workspace.succeed(command + ["--preference-scale", "1-2", "--json"]).output)
    let model = try Self.models(result)["m"]
    #expect(abs((Self.winRate(model) ?? 0) - 75) < 1e-9)
    #expect(model?["missing_scores"] as? Int == 2)
    #expect(result["outside_preference_scale"] as? Int == 2)
    // Only 1 is a win on one scale and a loss on the other.
    try write([1, 1])
    let guessed = try workspace.succeed(command)
    #expect(guessed.errors.contains("every preference is 1, taken as a win"))
    #expect(guessed.output.contains("preferences go from 0 (the baseline is better) to 1"))
    let told = try workspace.succeed(command + ["--preference-scale", "1-2"])
    #expect(told.errors.isEmpty && told.output.contains("to 2 (the model is)"))
    let unknown = try workspace.dpoPrep(command + ["--preference-scale", "2"])
    #expect(unknown.status == 64 && unknown.errors.contains("needs 0-1, 1-2 or auto"))
    let baseline = try workspace.dpoPrep(command + ["--baseline-score", "1.5"])
    #expect(
      baseline.status == 65
        && baseline.errors.contains("--baseline-score is not a preference"))
  }

  // MARK: Missing scores

  @Test func modelsWithoutScoresStayInTheTable() throws {
    let workspace = try Workspace()
    var rows: [String] = []
    for number in 0..<8 {
      for model in [Self.baseline, "whole", "partial", "none"] {
        let isMissing = model == "none" || model == "partial" && number < 3
        rows.append(
          #"{"instruction": "\#(number)", "output": "\#(model) \#(number)", "generator": "#
            + #""\#(model)", "score": \#(isMissing ? "null" : "\(number)")}"#)
      }
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let command = ["evaluate", "alpacaeval", "in.jsonl"]
    let outcome = try workspace.succeed(
      command + ["--json", "--csv", "out.csv", "--html", "out.html"])
    #expect(
      outcome.errors == "dpo-prep: warning: model \"none\" has no win rate: answers without a "
        + "score: 8\n")
    let models = try Self.models(try JSON.object(outcome.output))
    #expect(models["none"]?["missing_scores"] as? Int == 8)
    #expect(models["partial"]?["missing_scores"] as? Int == 3)
    #expect(models["whole"]?["missing_scores"] as? Int == 0)
    #expect(Self.winRate(models["none"]) == nil && Self.winRate(models["partial"]) == 50)
    let lines = try workspace.text(of: "out.csv").split(separator: "\n")
    #expect(lines.first == "model,method,kind,name,value,lower,upper,count")
    #expect(lines.contains("none,,total,answers,0,,,"))
    #expect(lines.contains("none,,total,missing_scores,8,,,"))
    #expect(lines.contains("partial,,total,missing_scores,3,,,"))
    let report = try workspace.text(of: "out.html")
    #expect(report.contains("none: answers without a score: 8") && !report.contains("nan"))
    let text = try workspace.succeed(command + ["--quiet"])
    #expect(text.errors.contains("model \"none\" has no win rate"))
    #expect(text.output.contains("partial: answers without a score: 3\n"))
    #expect(text.output.contains(#/\n  none +0 +– +– +– +– +– +– +–\n/#))
    // Without the others there is nothing to tell.
    let alone = try workspace.dpoPrep(command + ["--baseline", "none"])
    #expect(alone.status == 65 && alone.errors.contains("has no scores"))
  }

  @Test func rewardModelsWithoutScoresStayInTheTable() throws {
    let workspace = try Workspace()
    // A score may be null, no number, a list of several or not there at all.
    let fields = [
      #", "scores_chosen": null"#, #", "scores_chosen": "one""#, #", "scores_chosen": [1, 2]"#, "",
    ]
    func row(_ number: Int, of model: String, _ score: String) -> String {
      #"{"id": \#(number), "subset": "own", "model": "\#(model)", "text_chosen": "long", "#
        + #""text_rejected": "x", "scores_rejected": 0\#(score)}"#
    }
    let rows =
      (0..<4).map { row($0, of: "whole", #", "scores_chosen": 1"#) }
      + fields.enumerated().map { row($0, of: "none", $1) }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let command = ["evaluate", "rewardbench", "in.jsonl"]
    let outcome = try workspace.succeed(
      command + ["--json", "--csv", "out.csv", "--html", "out.html"])
    #expect(
      outcome.errors
        == "dpo-prep: warning: model \"none\" has no score: rows that lack a score: 4\n")
    let models = try Self.models(try JSON.object(outcome.output))
    #expect(models["none"]?["missing_scores"] as? Int == 4)
    #expect(models["none"]?["pairs"] as? Int == 0)
    #expect(JSON.value(models["whole"] ?? [:], "methods.original.score") as? Double == 1)
    #expect(try workspace.text(of: "out.csv").contains("\nnone,,total,missing_scores,4,,,\n"))
    #expect(!(try workspace.text(of: "out.html").contains("nan")))
    let text = try workspace.succeed(command).output
    #expect(text.contains(#/\n  none +0 pairs +– +– +– +– +–\n/#) && text.contains("left out: 4\n"))
  }

  // MARK: Forms of RewardBench

  @Test func rowsOfTheRewardbenchCommandAreRead() throws {
    let workspace = try Workspace()
    var random = SeededRandom(seed: 31)
    var (plain, command, messages): ([String], [String], [String]) = ([], [], [])
    for number in 1...120 {
      let texts = (0..<2).map { _ in String(repeating: "wörd ", count: 1 + random.below(40)) }
      let scores = texts.map { Double($0.count) / 50 + random.normal() }
      let fields =
        #""scores_chosen": \#(scores[0]), "scores_rejected": \#(scores[1]), "results": 1"#
      let lists = #""scores_chosen": [\#(scores[0])], "scores_rejected": [\#(scores[1])]"#
      let strings = #""text_chosen": "\#(texts[0])", "text_rejected": "\#(texts[1])""#
      plain.append(#"{"id": "\#(number)", "subset": "all", \#(fields), \#(strings)}"#)
      command.append(#"{"prompt": "q\#(number)", \#(fields), \#(strings)}"#)
      let chosen =
        #"[{"role": "user", "content": "q"}, {"role": "assistant", "content": "\#(texts[0])"}]"#
      let rejected =
        #"[{"role": "system", "content": "s"}, {"role": "assistant", "content": "#
        + #"[{"type": "image"}, {"type": "text", "text": "\#(texts[1])"}]}]"#
      messages.append(#"{\#(lists), "text_chosen": \#(chosen), "text_rejected": \#(rejected)}"#)
    }
    let results = try [plain, command, messages].enumerated().map { number, rows in
      try workspace.write(rows.joined(separator: "\n"), to: "\(number)/model.jsonl")
      return try workspace.succeed(["evaluate", "rewardbench", "\(number)/model.jsonl", "--json"])
        .output
    }
    #expect(results.allSatisfy { $0.figures == results[0].figures })
    #expect(results[0].contains("\"pairs\": 120"))
    // Examples without ids are the same where their rows are.
    try workspace.write(
      command.dropLast().map { $0.replacing("}", with: ", \"model\": \"other\"}") }
        .joined(separator: "\n"), to: "other.jsonl")
    let both = try JSON.object(
      try workspace.succeed([
        "evaluate", "rewardbench", "1/model.jsonl", "other.jsonl", "--json",
      ]).output)
    #expect(try Self.models(both)["other"]?["missing_rows"] as? Int == 1)
  }

  @Test(arguments: [
    (
      #""scores_chosen": 1, "scores_rejected": 0, "text_chosen": [1], "text_rejected": "x""#,
      #"no "id", no "subset", text_chosen is a list"#
    ),
    (
      #""id": 1, "scores_chosen": 1, "text_chosen": "x", "text_rejected": "y""#,
      #"no "subset", no "scores_rejected""#
    ),
    (
      #""scores_chosen": [1, 2], "scores_rejected": "no", "text_chosen": "x", "text_rejected": "y""#,
      "scores_chosen is a list, scores_rejected is a text"
    ),
  ])
  func messagesNameWhatIsNotThere(fields: String, named: String) throws {
    let workspace = try Workspace()
    try workspace.write("{\(fields)}", to: "in.jsonl")
    let outcome = try workspace.dpoPrep(["evaluate", "rewardbench", "in.jsonl"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasPrefix("in.jsonl:1:1: error: no example"), "\(outcome.errors)")
    #expect(outcome.errors.contains(named), "\(outcome.errors)")
  }

  /// Rows of RewardBench 2: the best of several, with equal scores and several right answers.
  private static func bestOf(_ count: Int) -> [(scores: String, texts: [String], row: String)] {
    var random = SeededRandom(seed: 41)
    return (0..<count).map { number in
      let subset = ["Math", "Factuality", "Ties"][number % 3]
      let size = subset == "Ties" ? 3 + random.below(6) : 4
      let texts = (0..<size).map { _ in String(repeating: "wörd ", count: 1 + random.below(40)) }
      // Coarse, so that some are equal.
      let scores = texts.map { Double(($0.count / 60 + random.below(5))) / 2 }
      let right = subset == "Ties" ? 1 + random.below(size - 1) : 1
      return (
        "[" + scores.map { "[\($0)]" }.joined(separator: ", ") + "]", texts,
        #""id": "\#(number)", "subset": "\#(subset)", "num_correct": \#(right)"#
      )
    }
  }

  @Test(.enabled(if: hasPython(), "set DPO_PREP_PYTHON"), arguments: ["0.3", "0.8"])
  func theBestOfSeveralIsJudgedAsByScipy(frac: String) throws {
    let workspace = try Workspace()
    let rows = Self.bestOf(150).map { scores, texts, row in
      let texts = texts.map { "\"\($0)\"" }.joined(separator: ", ")
      return "{\(row), \"scores\": \(scores), \"text\": [\(texts)]}"
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let outcome = try workspace.succeed([
      "evaluate", "rewardbench", "in.jsonl", "--json", "calibration.frac=\(frac)",
    ])
    try workspace.write(outcome.output, to: "result.json")
    let judged = try workspace.oracle(
      "evaluate.py", ["bestof", "in.jsonl", "result.json", frac, "3", "4", "10"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  @Test func everyFormOfTheBestOfSeveralSaysTheSame() throws {
    let workspace = try Workspace()
    let rows = Self.bestOf(60)
    func write(_ form: (String, [String], String) -> String, to name: String) throws {
      let lines = rows.map { "{" + form($0.scores, $0.texts, $0.row) + "}" }
      try workspace.write(lines.joined(separator: "\n"), to: name)
    }
    func list(_ texts: some Sequence<String>) -> String {
      "[" + texts.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    }
    try write(
      { #"\#($2), "scores": \#($0), "text": \#(list($1))"# }, to: "text/model.jsonl")
    try write(
      {
        let messages = $1.map {
          #"[{"role": "user", "content": "q"}, {"role": "assistant", "content": "\#($0)"}]"#
        }
        return #"\#($2), "scores": \#($0), "text": [\#(messages.joined(separator: ", "))]"#
      }, to: "messages/model.jsonl")
    try write(
      {
        #"\#($2), "scores": \#($0), "chosen": \#(list($1.prefix(1))), "#
          + #""rejected": \#(list($1.dropFirst()))"#
      }, to: "lists/model.jsonl")
    try write({ #"\#($2), "scores": \#($0)"# }, to: "bare/model.jsonl")
    let results = try [
      ["text/model.jsonl"], ["messages/model.jsonl"], ["lists/model.jsonl"],
      ["bare/model.jsonl", "--texts", "lists/model.jsonl"],
    ].map { try workspace.succeed(["evaluate", "rewardbench", "--json"] + $0).output }
    #expect(results.allSatisfy { $0.figures == results[0].figures })

    for (fields, named) in [
      (#""text": ["a", "b"], "scores": [1, 2, 3]"#, "3 scores for 2 texts"),
      (
        #""text": ["a", "b"], "scores": [1, 2], "num_correct": 2"#,
        "num_correct is to be from 1 to 1 for 2 scores, found 2.0"
      ),
      (#""scores": [1, 2]"#, "no \"text\""),
      (#""text": ["a", "b"], "scores": [1, null]"#, "is not a finite number"),
    ] {
      try workspace.write("{\(fields)}", to: "bad.jsonl")
      let outcome = try workspace.dpoPrep(["evaluate", "rewardbench", "bad.jsonl"])
      #expect(outcome.status == 65 && outcome.errors.contains(named), "\(outcome.errors)")
    }
  }

  /// The published rule: a k-th of a point where the right answer ties with k − 1 others at the top.
  @Test func tiesAtTheTopShareThePoint() throws {
    let workspace = try Workspace()
    let rows = [
      ("Math", "[3, 1, 2, 0]"), ("Factuality", "[1, 1, 2, 0]"), ("Safety", "[2, 1, 2, 0]"),
      ("Focus", "[2, 2, 2, 2]"),
    ].map { subset, scores in
      #"{"id": "\#(subset)", "subset": "\#(subset)", "scores": \#(scores), "num_correct": 1, "#
        + #""text": ["a", "bb", "ccc", "dddd"]}"#
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let result = try JSON.object(
      try workspace.succeed(["evaluate", "rewardbench", "in.jsonl", "--json"]).output)
    let model = try #require(try Self.models(result)["in"])
    let original = try #require(JSON.value(model, "methods.original") as? [String: Any])
    #expect(
      original["subsets"] as? [String: Double]
        == ["Math": 1, "Factuality": 0, "Safety": 0.5, "Focus": 0.25])
    #expect(original["score"] as? Double == 0.4375)
    #expect(original["ties"] as? Int == 2)
  }

  @Test func rankingsThatNameNoModelAreToldOf() throws {
    let workspace = try Workspace()
    try workspace.write(Self.annotations(Self.answers()), to: "annotations.json")
    try workspace.write("\u{FEFF}model,elo\none,1\ntwo,2\n", to: "marked.csv")
    try workspace.write(",elo\n0,1\n1,2\n", to: "numbers.csv")
    let outcome = try workspace.succeed([
      "evaluate", "alpacaeval", "annotations.json", "--json", "--ranking", "marked=marked.csv:elo",
      "--ranking", "numbers=numbers.csv:elo",
    ])
    #expect(
      outcome.errors.hasPrefix(
        "dpo-prep: warning: ranking \"numbers\" names none of the models\n"))
    let result = try JSON.object(outcome.output)
    #expect(JSON.count(result, "correlations.lwr.marked.models") == 2)
  }
}
