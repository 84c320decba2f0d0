internal import Arguments
internal import Audit
internal import Records
internal import Terminal

extension Command {
  static let audit = CommandSpec<AuditOptions>(
    name: "audit",
    abstract: "measure the length bias and the flaws of a preference dataset",
    discussion: """
      Reads every pair of a dataset in JSON Lines or Parquet, ours or not, and measures how far \
      longer answers are preferred, how far apart scores are, and what should not be there: equal \
      answers, duplicates, prompts in two splits. No sampling. Exit status 1 if a --fail-if holds.
      """,
    operands: [("DATASET", "The dataset's folder, a data file or a pattern.")],
    options: [
      .profile(\.profile),
      OptionSpec(
        "by", valueName: "COLUMN",
        "Measure each value of the column too; can be repeated (default: source, dataset and the "
          + "models, where they are).",
        apply: { $1.groupColumns.append($0) }),
      OptionSpec(
        "fail-if", valueName: "CONDITION", words: AuditMetric.all.map(\.name),
        "Exit with 1 if the condition holds, such as 'longer_chosen > 0.6'; can be repeated. A "
          + "metric without a value fails too.",
        apply: { (text, options) throws(UsageError) in
          options.failureConditions.append(try AuditCondition(typed: text))
        }),
      .text(
        "tokenizer", "FILE", \.tokenizer,
        "Count tokens, too, by the tokenizer.json of the model that is to be trained."),
      OptionSpec(
        "max-length", valueName: "N",
        "With --tokenizer: say how many pairs a trainer would cut that takes N tokens of a prompt and "
          + "an answer, and on which side.",
        apply: { (text, options) throws(UsageError) in
          options.maxLength = try positive(text, of: "--max-length")
        }),
      .flag("metrics", \.listsMetrics, "List the metrics that --fail-if knows, and stop."),
      .flag("json", \.printsJSON, "Print one JSON object (default: text)."),
      OptionSpec(
        "html", valueName: "FILE", "Write a report with figures for the browser, one file.",
        apply: { $1.reportPath = $0 }),
    ] + figures(\.figures),
    example: "dpo-prep audit out/first --fail-if 'longer_chosen > 0.6'",
    defaults: AuditOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      if options.listsMetrics, operands.isEmpty { return }
      options.dataset = try onlyDataset(operands, of: "audit")
      if options.maxLength != nil, options.tokenizer == nil {
        throw UsageError(
          .missingValue, "\"--max-length\" needs a --tokenizer",
          hint: "name the tokenizer.json of the model that is to be trained")
      }
    },
    perform: { options, reporting in
      let isFine = try AuditCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter()
      ).run()
      return isFine ? .done : .found
    })

  /// The operand of a command that takes one dataset.
  static func onlyDataset(_ operands: [String], of command: String) throws(UsageError) -> String {
    guard let dataset = operands.first, operands.count == 1 else {
      throw UsageError(
        operands.isEmpty ? .missingOperand : .unexpectedOperand,
        "\"\(command)\" takes one DATASET\(operands.isEmpty ? "" : ", found \(operands.count)")",
        hint: "name the dataset's folder, a file or a pattern in quotes")
    }
    return dataset
  }
}

extension AuditCondition {
  /// Reads a condition of the command line.
  fileprivate init(typed text: String) throws(UsageError) {
    guard let condition = AuditCondition(text) else {
      throw UsageError(
        .invalidValue, "\"--fail-if\" needs a condition, found \"\(text)\"",
        hint: "write METRIC > NUMBER, with >, >=, <, <=, == or !=, in quotes")
    }
    let names = AuditMetric.all.map(\.name)
    guard names.contains(condition.metric) else {
      throw UsageError(
        .invalidValue, "unknown metric \"\(condition.metric)\" in --fail-if",
        hint: UsageError.suggestion(for: condition.metric, among: names)
          ?? "`dpo-prep audit --metrics` lists them")
    }
    self = condition
  }
}
