internal import Arguments
internal import Records
internal import Terminal

extension Command {
  static let validate = CommandSpec<ValidateOptions>(
    name: "validate",
    abstract: "say whether a trainer would take a preference dataset",
    discussion: """
      Reads every row of a dataset in JSON Lines or Parquet, ours or not, and says what loaders and \
      trainers would stumble over: how often, in which rows, and what to do. Exit status 1 if there \
      is an error, 0 if there are at most warnings.
      """,
    operands: [("DATASET", "The dataset's folder, a data file or a pattern.")],
    options: [
      .profile(\.profile),
      .flag("json", \.printsJSON, "Print one JSON object (default: text)."),
    ],
    example: "dpo-prep validate out/first --profile alignment-handbook",
    defaults: ValidateOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      options.dataset = try onlyDataset(operands, of: "validate")
    },
    perform: { options, reporting in
      let isFine = try ValidateCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter()
      ).run()
      return isFine ? .done : .found
    })
}
