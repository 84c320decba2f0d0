internal import Arguments
internal import Evaluate
internal import Terminal

extension Command {
  static let alpacaeval = CommandSpec<EvaluateOptions>(
    name: "evaluate alpacaeval",
    abstract: "win rates of models, with and without bias",
    discussion: """
      Reads outputs of many models for the same instructions with a score each: arrays of \
      instruction, output, generator and score (a folder of MODEL/model_outputs*.json), or flat \
      rows as in the main job; or AlpacaEval's annotations.json, whose rows have both outputs and \
      a preference. Tells each model's win rate over the baseline for the rewards as \
      they are and calibrated in four ways, with 95 % intervals and beside AlpacaEval's own \
      length-controlled win rate, how they agree with external rankings, and how far \
      verbose and concise variants of a model move.
      """,
    operands: evaluationOperands(EvaluateOptions.settingKeys),
    options: [
      OptionSpec(
        "baseline", valueName: "NAME",
        "The model that the others are compared with (default: gpt4_1106_preview).",
        apply: { $1.leaderboard.baseline = $0 }),
      OptionSpec(
        "baseline-file", valueName: "FILE", "The baseline's outputs, if not among SCORES.",
        apply: { $1.leaderboard.baselineFile = $0 }),
      OptionSpec(
        "baseline-score", valueName: "X",
        "What a baseline output without a score counts (default: none; a tie with --preferences).",
        apply: { (text, options) throws(UsageError) in
          options.leaderboard.baselineScore = try number(text, of: "--baseline-score")
        }),
      .flag(
        "baseline-in-fit", \.leaderboard.fitsBaseline,
        "Fit the bias to the baseline's outputs too (default: only to the models')."),
      OptionSpec(
        "score", valueName: "FIELD", "The field of the score (default: score, else reward).",
        apply: { $1.leaderboard.scoreField = $0 }),
      .flag(
        "preferences", \.leaderboard.takesPreferences,
        "Scores are a judge's preferences over the baseline; their logits are taken."),
      OptionSpec(
        "preference-scale", valueName: "SCALE",
        words: PreferenceScale.allCases.map(\.rawValue) + ["auto"],
        "What preferences mean: 0-1 (1: the model is better), 1-2 (AlpacaEval's; 2: the model is "
          + "better, 1: the baseline) or auto (default: seen from all of them).",
        apply: { (text, options) throws(UsageError) in
          let scale = PreferenceScale(rawValue: text)
          guard scale != nil || text == "auto" else {
            throw UsageError(
              .invalidValue, "\"--preference-scale\" needs 0-1, 1-2 or auto, found \"\(text)\"")
          }
          options.leaderboard.preferenceScale = scale
          options.leaderboard.takesPreferences = true
        }),
      OptionSpec(
        "clip", valueName: "X",
        "Preferences nearer to an end of their scale count as that far from it (default: 0.0001).",
        apply: { (text, options) throws(UsageError) in
          let clip = try number(text, of: "--clip")
          guard clip > 0, clip < 0.5 else {
            throw UsageError(
              .invalidValue, "\"--clip\" needs a number between 0 and 0.5, found \"\(text)\"")
          }
          options.leaderboard.clip = clip
        }),
      OptionSpec(
        "ranking", valueName: "NAME=FILE:COLUMN",
        "Compare win rates with a column of a CSV file whose rows are models; can be repeated.",
        apply: { (text, options) throws(UsageError) in
          options.leaderboard.rankings.append(try RankingOption(typed: text))
        }),
      OptionSpec(
        "gamed", valueName: "FILE",
        "AlpacaEval's df_gamed.csv, for length-controlled win rates as on its leaderboard "
          + "(default: by lengths alone).",
        apply: { $1.leaderboard.gamedPath = $0 }),
    ] + evaluationOptions,
    example: """
      dpo-prep evaluate alpacaeval samples/evaluation/leaderboard.jsonl.zst \\
        --baseline wren-3b --ranking arena=samples/evaluation/arena.csv:elo
      """,
    defaults: EvaluateOptions(kind: .alpacaeval),
    keepsMemory: true,
    scope: evaluationScope(EvaluateOptions.settingKeys),
    takeOperands: { (operands, options) throws(UsageError) in
      try takeScores(operands, &options, of: "evaluate alpacaeval", EvaluateOptions.settingKeys)
    },
    perform: { options, reporting in
      try EvaluateCommand(options, reporting).run()
      return .done
    })

  private static func number(_ text: String, of option: String) throws(UsageError) -> Double {
    guard let number = Double(text), number.isFinite else {
      throw UsageError(.invalidValue, "\"\(option)\" needs a number, found \"\(text)\"")
    }
    return number
  }
}

extension RankingOption {
  /// Reads `NAME=FILE:COLUMN`.
  fileprivate init(typed text: String) throws(UsageError) {
    guard let separator = text.firstIndex(of: "="), let colon = text.lastIndex(of: ":"),
      separator < colon
    else {
      throw UsageError(
        .invalidValue, "\"--ranking\" needs NAME=FILE:COLUMN, found \"\(text)\"",
        hint: "write for example --ranking arena=arena.csv:elo")
    }
    name = String(text[..<separator])
    path = String(text[text.index(after: separator)..<colon])
    column = String(text[text.index(after: colon)...])
  }
}
