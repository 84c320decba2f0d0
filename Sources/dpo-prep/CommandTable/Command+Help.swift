internal import Arguments
internal import Job
internal import Terminal

extension Command {
  static let help = CommandSpec<HelpOptions>(
    name: "help",
    abstract: "show the help of a command",
    discussion: """
      Without a command, shows what there is. `dpo-prep COMMAND --help` does the same.
      """,
    operands: [("[COMMAND...]", "A command, and what can follow it, as in `job measure`.")],
    options: [],
    example: "dpo-prep help run",
    defaults: HelpOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      options.command = try name(operands[...])
    },
    perform: { options, reporting in
      guard let command = root.all.first(where: { $0.name == options.command }) else {
        throw InternalFault("there is no help of \(options.command)")
      }
      return try command.showHelp(reporting)
    })

  static let version = CommandSpec<VersionOptions>(
    name: "version",
    abstract: "show the version",
    discussion: "Prints the version, as `dpo-prep --version` does.",
    operands: [],
    options: [],
    example: "dpo-prep version",
    defaults: VersionOptions(),
    takeOperands: { (operands, _) throws(UsageError) in
      guard let operand = operands.first else { return }
      throw UsageError(
        .unexpectedOperand, "\"version\" takes no arguments, found \"\(operand)\"",
        hint: "write dpo-prep version")
    },
    perform: { _, _ in
      try StandardStream.output.write(ShownText("dpo-prep \(dpoPrepVersion)\n"))
      return .done
    })

  /// The name of the command that words lead to.
  private static func name(_ words: ArraySlice<String>) throws(UsageError) -> String {
    var name = ""
    var group: CommandGroup? = root
    for word in words {
      guard let found = group else {
        throw UsageError(
          .unexpectedOperand, "\"help\" takes one command, found \"\(word)\" too",
          hint: "write dpo-prep help \(name)")
      }
      let command = try found.subcommand(word)
      name = command.name
      group = command as? CommandGroup
    }
    return name
  }
}
