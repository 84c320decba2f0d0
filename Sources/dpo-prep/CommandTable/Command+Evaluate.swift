internal import Arguments
internal import Evaluate
internal import Records
internal import Settings
internal import Terminal

extension Command {
  static let evaluate = CommandGroup(
    name: "evaluate",
    abstract: "judge reward models and leaderboards without the bias",
    discussion: """
      Repeats the paper's evaluations: what becomes of a benchmark of reward models, and of a \
      leaderboard, when the bias is taken off the scores.
      """,
    noun: "evaluation",
    usage: "EVALUATION [OPTION...] SCORES... [key=value...]",
    subcommands: [rewardbench, alpacaeval],
    example: "dpo-prep evaluate rewardbench samples/evaluation/rewardbench.jsonl.zst")

  static let rewardbench = CommandSpec<EvaluateOptions>(
    name: "evaluate rewardbench",
    abstract: "reward models on pairs, with and without bias",
    discussion: """
      Reads the scores of reward models for right and wrong answers, as objects of columns, JSON \
      Lines or Parquet, in the published forms of \(formNames), and tells each model's accuracy by \
      subset and section for the rewards as they are and calibrated in four ways, with 95 % \
      intervals, beside what preferring the longer or the shorter answer gets.
      """,
    operands: evaluationOperands(rewardbenchKeys),
    options: [
      OptionSpec(
        "texts", valueName: "FILE",
        "The benchmark's own texts (id, chosen, rejected), whose lengths count instead of those "
          + "with a chat template around them.",
        apply: { $1.textsPath = $0 }),
      .flag(
        "ensemble", \.addsEnsemble,
        "Add a model `ensemble` with the scores of all others, combined by calibration.combine."),
      .flag(
        "formats", \.listsFormats,
        "List the forms of benchmarks that are known, as Markdown, instead."),
    ] + evaluationOptions,
    example: "dpo-prep evaluate rewardbench samples/evaluation/rewardbench.jsonl.zst",
    defaults: EvaluateOptions(),
    keepsMemory: true,
    scope: evaluationScope(rewardbenchKeys),
    takeOperands: { (operands, options) throws(UsageError) in
      try takeScores(operands, &options, of: "evaluate rewardbench", rewardbenchKeys)
      let combines = options.settings.first { setting in
        EvaluateOptions.ensembleKeys.contains { setting.hasPrefix("calibration.\($0)=") }
      }
      if let combines, !options.addsEnsemble {
        throw UsageError(
          .invalidValue, "\"\(combines)\" says how models are combined, which --ensemble does",
          hint: "add --ensemble")
      }
    },
    perform: { options, reporting in
      try EvaluateCommand(options, reporting).run()
      return .done
    })

  /// `A, B and C`.
  private static var formNames: String {
    let names = BenchmarkLayout.all.map(\.name).sorted()
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  static let rewardbenchKeys = EvaluateOptions.settingKeys + EvaluateOptions.ensembleKeys

  /// - Parameter keys: of `calibration`, those that the evaluation knows.
  static func evaluationOperands(_ keys: [String]) -> [(String, String)] {
    [
      ("SCORES...", "Files, folders or patterns of scores."),
      (
        "[key=value...]",
        "Settings of the main job: calibration.frac=0.5 and the like, with the keys "
          + "\(keys.joined(separator: ", "))."
      ),
    ]
  }

  /// The options of every evaluation.
  static let evaluationOptions: [OptionSpec<EvaluateOptions>] =
    [
      OptionSpec(
        "ties", valueName: "RULE", words: TieRule.allCases.map(\.rawValue),
        "What equal scores of two answers count: half or wrong, as in the published tables "
          + "(default: half; wrong with --reference-compatible).",
        apply: { (text, options) throws(UsageError) in
          guard let rule = TieRule(rawValue: text) else {
            throw UsageError(.invalidValue, "\"--ties\" needs half or wrong, found \"\(text)\"")
          }
          options.ties = rule
        }),
      .flag(
        "reference-compatible", \.isReferenceCompatible,
        "Repeat the numbers of the paper's published code where it departs from the paper."),
      OptionSpec(
        "resamples", valueName: "N",
        "How often prompts are drawn anew for the intervals; 0 for none (default: 200).",
        apply: { (text, options) throws(UsageError) in
          options.resamples = try count(text, of: "--resamples", upTo: 100_000)
        }),
      OptionSpec(
        "seed", valueName: "N", "What the draws follow from (default: 0).",
        apply: { (text, options) throws(UsageError) in
          options.seed = UInt64(try count(text, of: "--seed", upTo: Int.max))
        }),
      OptionSpec(
        "csv", valueName: "FILE", "Write every figure as a table for spreadsheets too.",
        apply: { $1.csvPath = $0 }),
      OptionSpec(
        "html", valueName: "FILE", "Write a report with figures for the browser, one file.",
        apply: { $1.reportPath = $0 }),
    ] + figures(\.figures) + [
      .flag("json", \.printsJSON, "Print one JSON object (default: text).")
    ]

  private static func count(
    _ text: String, of option: String, upTo limit: Int
  ) throws(UsageError) -> Int {
    guard let number = Int(text), (0...limit).contains(number) else {
      throw UsageError(
        .invalidValue, "\"\(option)\" needs a whole number from 0 to \(limit), found \"\(text)\"")
    }
    return number
  }

  static func evaluationScope(_ keys: [String]) -> SettingScope {
    .only(keys.map { "calibration.\($0)" })
  }

  /// Tells settings from paths.
  static func takeScores(
    _ operands: [String], _ options: inout EvaluateOptions, of command: String,
    _ keys: [String]
  ) throws(UsageError) {
    for operand in operands {
      guard operand.hasPrefix("calibration."), let end = operand.firstIndex(of: "=") else {
        options.paths.append(operand)
        continue
      }
      let key = operand[..<end].split(separator: ".").dropFirst().first.map(String.init) ?? ""
      guard keys.contains(key) else {
        throw UsageError(
          .unknownOption, "\"calibration.\(key)\" is not a setting of evaluations",
          hint: UsageError.suggestion(
            for: "calibration.\(key)", among: keys.map { "calibration.\($0)" })
            ?? "of calibration they take \(keys.joined(separator: ", "))")
      }
      options.settings.append(operand)
    }
    guard !options.paths.isEmpty || options.listsFormats else {
      throw UsageError(
        .missingOperand, "\"\(command)\" needs SCORES",
        hint: "name files, folders or patterns in quotes")
    }
  }
}
