internal import Records

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
      OptionSpec(
        "profile", valueName: "PROFILE",
        "The trainer's profile, as in output.profiles (default: what the first row looks like).",
        apply: { (text, options) throws(UsageError) in
          guard let profile = Profile(rawValue: text) else {
            throw UsageError.invalidChoice(
              text, for: "--profile", among: Profile.allCases.map(\.rawValue))
          }
          options.profile = profile
        }),
      .flag("json", \.printsJSON, "Print one JSON object (default: text)."),
      .flag("quiet", short: "q", \.isQuiet, "No progress, only what was found."),
      .flag(
        "no-progress", \.showsProgress, to: false,
        "No progress (default: a bar on a terminal, else a line every 30 s)."),
    ],
    example: "dpo-prep validate out --profile trl",
    defaults: ValidateOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      guard let dataset = operands.first, operands.count == 1 else {
        throw UsageError(
          operands.isEmpty ? .missingOperand : .unexpectedOperand,
          "\"validate\" takes one DATASET\(operands.isEmpty ? "" : ", found \(operands.count)")",
          hint: "name the dataset's folder, a file or a pattern in quotes")
      }
      options.dataset = dataset
    })
}
