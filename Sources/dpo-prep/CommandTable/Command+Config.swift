internal import Arguments
internal import Terminal

extension Command {
  static let config = CommandGroup(
    name: "config",
    abstract: "make, see and check configurations",
    discussion: """
      A configuration is a YAML file; every key has a default but input.paths and output.dir. \
      What is printed goes to standard output, what is wrong to standard error, everything at \
      once and with its line and column.
      """,
    noun: "action",
    usage: "ACTION [ARGUMENT...]",
    subcommands: [
      printing(
        .initialize, as: "init", "print a configuration to start from",
        "Prints a configuration in YAML with every key, its default and what it means.",
        example: "dpo-prep config init > prep.yaml"),
      reading(
        ConfigAction.show, as: "show", "print every value in force and where it came from",
        "Prints the configuration that a command with these arguments would work by, in YAML.",
        example: "dpo-prep config show samples/quickstart.yaml pairs.strategy=all"),
      configCheck,
      configDiff,
      printing(
        .schema, as: "schema", "print the JSON Schema that editors use",
        "Prints a JSON Schema of configurations, by which editors complete and check them.",
        example: "dpo-prep config schema > dpo-prep.schema.json"),
      printing(
        .table, as: "table", "print the table of all keys in Markdown",
        "Prints for every key its default, the values that it takes and what it means.",
        example: "dpo-prep config table"),
    ],
    example: "dpo-prep config show samples/quickstart.yaml pairs.strategy=all")

  private static let configCheck = CommandSpec<CheckOptions>(
    name: "config check",
    abstract: "say whether a run by a configuration could begin",
    discussion: """
      Looks at the settings, and at what they name: whether inputs are there and can be read, how \
      the first row of each is laid out and whether it has the fields, whether the output folder \
      can be made. Everything that is wrong is reported at once. Exit status 0 if nothing is, 78 for \
      settings, else that of the first thing that would end the run.
      """,
    operands: sourceOperands,
    options: [
      .flag(
        "no-inputs", \.looksAtInputs, to: false,
        "Check the settings alone, as where the inputs are on another machine.")
    ],
    example: "dpo-prep config check samples/quickstart.yaml",
    defaults: CheckOptions(),
    scope: .all,
    takeOperands: { (operands, options) throws(UsageError) in
      options.source = try source(operands, of: "config check")
    },
    perform: { options, reporting in
      try ConfigCheckCommand(options: options, reporting: reporting).run()
    })

  /// What differs between two configurations.
  private static let configDiff = CommandSpec<ConfigDiffOptions>(
    name: "config diff",
    abstract: "say which settings differ between two configurations",
    discussion: """
      Compares the values in force, whatever files they stand in and however they are written, and \
      says where each came from. A dataset's folder stands for the settings that its manifest \
      records, a job's for those of the job. Exit status 0 if there is no difference, 1 if there \
      are some.
      """,
    operands: [
      ("OLD", "A YAML file, or the folder of a dataset or of a job."), ("NEW", "Another one."),
    ],
    options: [.flag("json", \.printsJSON, "Print one JSON object (default: text).")],
    example: "dpo-prep config diff prep.yaml out/first",
    defaults: ConfigDiffOptions(),
    scope: .all,
    takeOperands: { (operands, options) throws(UsageError) in
      guard operands.count == 2 else {
        throw UsageError(
          operands.count < 2 ? .missingOperand : .unexpectedOperand,
          "\"config diff\" takes two configurations, found \(operands.count)",
          hint: "write dpo-prep config diff OLD NEW")
      }
      (options.old, options.new) = (operands[0], operands[1])
    },
    perform: { options, _ in
      try ConfigDiffCommand(options: options).run() ? .done : .found
    })

  /// An action that prints what is always the same.
  private static func printing(
    _ action: ConfigAction, as name: String, _ abstract: String, _ discussion: String,
    example: String
  ) -> CommandSpec<ConfigAction> {
    CommandSpec(
      name: "config \(name)", abstract: abstract, discussion: discussion, operands: [],
      options: [], example: example, defaults: action,
      takeOperands: { (operands, _) throws(UsageError) in
        guard let operand = operands.first else { return }
        throw UsageError(
          .unexpectedOperand, "\"config \(name)\" takes no arguments, found \"\(operand)\"",
          hint: "it prints to standard output: dpo-prep config \(name) > FILE")
      },
      perform: performConfig)
  }

  /// An action on a configuration.
  private static func reading(
    _ action: @escaping @Sendable (ConfigurationSource) -> ConfigAction, as name: String,
    _ abstract: String, _ discussion: String, example: String
  ) -> CommandSpec<ConfigAction> {
    CommandSpec(
      name: "config \(name)", abstract: abstract, discussion: discussion,
      operands: sourceOperands, options: [], example: example,
      defaults: action(ConfigurationSource()), scope: .all,
      takeOperands: { (operands, options) throws(UsageError) in
        options = action(try source(operands, of: "config \(name)"))
      },
      perform: performConfig)
  }

  private static func performConfig(
    _ action: ConfigAction, _ reporting: Reporting
  ) throws -> ExitStatus {
    try ConfigCommand(action: action, printer: reporting.printer).run()
    return .done
  }
}
