extension Command {
  /// Every command and what it does.
  static let abstracts: [(name: String, abstract: String)] = [
    (run.name, run.abstract),
    (sweep.name, sweep.abstract),
    (fit.name, fit.abstract),
    (inspect.name, inspect.abstract),
    (validate.name, validate.abstract),
    (verify.name, verify.abstract),
    (audit.name, audit.abstract),
    (diff.name, diff.abstract),
    ("evaluate", "judge reward models and leaderboards with and without the bias"),
    ("job", "do the steps of run one by one, on many machines"),
    ("config", "make, see and check configurations"),
    ("help", "show the help of a command"),
  ]

  /// Reads a command line.
  ///
  /// - Parameter arguments: what was typed after the program's name.
  static func parse(_ arguments: [String]) throws(UsageError) -> Command {
    guard let name = arguments.first else {
      throw UsageError(
        .noCommand, "expected a command",
        hint: "write one of \(abstracts.map(\.name).joined(separator: ", ")), or --help")
    }
    let rest = arguments.dropFirst()
    switch name {
    case "run": return try run.parse(rest).map { .run($0) } ?? .help(.run)
    case "sweep": return try sweep.parse(rest).map { .sweep($0) } ?? .help(.sweep)
    case "fit": return try fit.parse(rest).map { .fit($0) } ?? .help(.fit)
    case "inspect": return try inspect.parse(rest).map { .inspect($0) } ?? .help(.inspect)
    case "validate": return try validate.parse(rest).map { .validate($0) } ?? .help(.validate)
    case "verify": return try verify.parse(rest).map { .verify($0) } ?? .help(.verify)
    case "audit": return try audit.parse(rest).map { .audit($0) } ?? .help(.audit)
    case "diff": return try diff.parse(rest).map { .diff($0) } ?? .help(.diff)
    case "evaluate": return try evaluation(rest).map { .evaluate($0) } ?? .help(.evaluate)
    case "job": return try job(rest).map { .job($0) } ?? .help(.job)
    case "config": return try configAction(rest).map { .config($0) } ?? .help(.config)
    case "help": return .help(try helpTopic(rest))
    case "--help", "-h": return .help(.overview)
    case "--version": return .version
    default: throw unknown(name)
    }
  }

  private static func helpTopic(_ arguments: ArraySlice<String>) throws(UsageError) -> HelpTopic {
    guard let name = arguments.first else { return .overview }
    if name == "--help" || name == "-h" { return .help }
    guard let topic = HelpTopic(rawValue: name), topic != .overview else { throw unknown(name) }
    // `help config show` is as good as `help config`.
    let isAction =
      (topic == .config && configActions.contains { $0.name == arguments.last })
      || (topic == .job && jobActions.contains { $0.shortName == arguments.last })
      || (topic == .evaluate && evaluations.contains { $0.shortName == arguments.last })
    guard arguments.count == 1 || (arguments.count == 2 && isAction) else {
      throw UsageError(
        .unexpectedOperand, "\"help\" takes one command, found \"\(arguments.last ?? "")\" too",
        hint: "write dpo-prep help \(name)")
    }
    return topic
  }

  private static func unknown(_ name: String) -> UsageError {
    if name.hasPrefix("-"), name != "-" {
      return UsageError(
        .unknownOption, "unknown option \"\(name)\" before the command",
        hint: UsageError.suggestion(for: name, among: ["--help", "--version"])
          ?? "options go behind the command, as in dpo-prep run --json CONFIG")
    }
    let names = abstracts.map(\.name)
    return UsageError(
      .unknownCommand, "unknown command \"\(name)\"",
      hint: UsageError.suggestion(for: name, among: names)
        ?? "the commands are \(names.joined(separator: ", "))")
  }
}

extension HelpTopic {
  /// The help, ready to be printed.
  var text: String {
    switch self {
    case .overview: Self.overviewText
    case .run: Command.run.help
    case .sweep: Command.sweep.help
    case .fit: Command.fit.help
    case .inspect: Command.inspect.help
    case .validate: Command.validate.help
    case .verify: Command.verify.help
    case .audit: Command.audit.help
    case .diff: Command.diff.help
    case .evaluate: Command.evaluateHelp
    case .job: Command.jobHelp
    case .config: Command.configHelp
    case .help: Self.helpText
    }
  }

  private static var overviewText: String {
    """
    dpo-prep: scored generations in, length-calibrated DPO pairs out

    Usage: dpo-prep COMMAND [OPTION...] [ARGUMENT...]

    \(HelpText.paragraph(
      """
      Reads language model answers with the rewards that a reward model gave them, removes what \
      the reward owes to length, and writes preference pairs that DPO trainers load. Results go \
      to standard output, everything else to standard error.
      """))

    Commands:
    \(HelpText.table(Command.abstracts.map { ($0.name, $0.abstract) }))

    Options:
    \(HelpText.table([HelpText.helpRow, ("    --version", "Show the version and stop.")]))

    Example:
      dpo-prep config init > prep.yaml
      dpo-prep run prep.yaml 'input.paths=[gens/*.jsonl.zst]' output.dir=out

    Exit status:
    \(HelpText.table(exitStatuses))

    """
  }

  private static let exitStatuses = [
    ("0", "done"),
    ("1", "a check found something"),
    ("64", "the command line makes no sense"),
    ("65", "bad data in an input"),
    ("66", "an input or the configuration is missing"),
    ("70", "the program itself is at fault"),
    ("73", "the output exists already or cannot be made"),
    ("74", "reading or writing failed"),
    ("75", "a step of a job has to wait for another"),
    ("78", "the configuration is invalid"),
    ("130, 143", "interrupted (nothing half-written is left)"),
  ]

  private static var helpText: String {
    """
    dpo-prep help: show the help of a command

    Usage: dpo-prep help [COMMAND]

    \(HelpText.paragraph(
      """
      Without a command, shows what there is. `dpo-prep COMMAND --help` does the same.
      """))

    Arguments:
    \(HelpText.table([
      ("COMMAND", "One of \(Command.abstracts.map(\.name).joined(separator: ", "))."),
    ]))

    Options:
    \(HelpText.table([HelpText.helpRow]))

    Example:
      dpo-prep help run

    """
  }
}
