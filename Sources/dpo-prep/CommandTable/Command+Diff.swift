internal import Arguments
internal import Records
internal import Terminal

extension Command {
  static let diff = CommandSpec<DiffOptions>(
    name: "diff",
    abstract: "say what changed between two preference datasets",
    discussion: """
      Compares the pairs of two datasets in JSON Lines or Parquet, ours or not, prompt by prompt: \
      by prompt_id where every row has one, else by the prompt. The order of rows is no difference. \
      Exit status 0 if there is none, 1 if there are some.
      """,
    operands: [
      ("OLD", "A dataset's folder, a data file or a pattern."), ("NEW", "What it became."),
    ],
    options: [
      OptionSpec(
        "examples", valueName: "N", "How many of the largest changes to show in full (default: 5).",
        apply: { (text, options) throws(UsageError) in
          options.exampleCount = try count(text, of: "--examples")
        }),
      OptionSpec(
        "max-rows", valueName: "N",
        "The most rows of each kind of change that --json lists (default: 1000).",
        apply: { (text, options) throws(UsageError) in
          options.listedRows = try count(text, of: "--max-rows")
        }),
      OptionSpec(
        "tolerance", valueName: "X",
        "Scores this near are the same, absolutely or relative to the larger (default: 1e-6).",
        apply: { (text, options) throws(UsageError) in
          guard let value = Double(text), value.isFinite, value >= 0 else {
            throw UsageError(
              .invalidValue, "\"--tolerance\" needs a number from 0, found \"\(text)\"")
          }
          options.tolerance = value
        }),
      OptionSpec(
        "by", valueName: "COLUMN",
        "Compare each value of the column too; can be repeated (default: source, dataset and the "
          + "models, where they are).",
        apply: { $1.groupColumns.append($0) }),
      .flag("json", \.printsJSON, "Print one JSON object (default: text)."),
      .flag("markdown", \.printsMarkdown, "Print Markdown, for a pull request or a dataset card."),
      OptionSpec(
        "html", valueName: "FILE", "Write a report with figures for the browser, one file.",
        apply: { $1.reportPath = $0 }),
    ] + figures(\.figures),
    example: "dpo-prep diff out/first out/frac-0.5 --markdown > changes.md",
    defaults: DiffOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      guard operands.count == 2 else {
        throw UsageError(
          operands.count < 2 ? .missingOperand : .unexpectedOperand,
          "\"diff\" takes two datasets, found \(operands.count)",
          hint: "write dpo-prep diff OLD NEW")
      }
      guard !(options.printsJSON && options.printsMarkdown) else {
        throw UsageError(
          .invalidValue, "\"--json\" and \"--markdown\" exclude each other", hint: "choose one")
      }
      (options.old, options.new) = (operands[0], operands[1])
    },
    perform: { options, reporting in
      let isFine = try DiffCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter()
      ).run()
      return isFine ? .done : .found
    })

  private static func count(_ text: String, of option: String) throws(UsageError) -> Int {
    guard let count = Int(text), count >= 0 else {
      throw UsageError(.invalidValue, "\"\(option)\" needs a whole number, found \"\(text)\"")
    }
    return count
  }
}
