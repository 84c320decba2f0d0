package import Settings
package import Terminal

/// A command: its operands and options, all that its help says, and what it does.
package struct CommandSpec<Options: Equatable & Sendable>: AnyCommand {
  /// What is typed after `dpo-prep`, such as `run`.
  package let name: String
  /// What the command does, as a phrase for the list of commands.
  package let abstract: String
  /// What the command does, in two or three sentences.
  package let discussion: String
  /// The operands in order, as the usage line writes them, and what they are.
  package let operands: [(name: String, help: String)]
  /// The words that the first operand can be; empty where it is anything.
  package let operandWords: [String]
  package let options: [OptionSpec<Options>]
  /// A command line that can be run, or several, one a line.
  package let example: String
  /// What holds unless something else is typed.
  package let defaults: Options
  /// Whether large buffers stay with the program when they are freed, which is faster where
  /// files are read whole one after the other.
  package let keepsMemory: Bool
  /// Whether a setting can have several values, in a list, which are tried one after the other.
  package let triesValues: Bool
  /// The settings that it works by, which its user can be told to change.
  package let scope: SettingScope
  /// Puts the operands in their places.
  package let takeOperands: @Sendable ([String], inout Options) throws(UsageError) -> Void
  /// Does what the command is for.
  package let perform: @Sendable (Options, Reporting) throws -> ExitStatus

  package init(
    name: String, abstract: String, discussion: String, operands: [(name: String, help: String)],
    operandWords: [String] = [], options: [OptionSpec<Options>],
    example: String, defaults: Options, keepsMemory: Bool = false,
    scope: SettingScope = .none, triesValues: Bool = false,
    takeOperands: @escaping @Sendable ([String], inout Options) throws(UsageError) -> Void,
    perform: @escaping @Sendable (Options, Reporting) throws -> ExitStatus
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.operands = operands
    self.operandWords = operandWords
    self.options = options
    self.example = example
    self.defaults = defaults
    self.keepsMemory = keepsMemory
    self.scope = scope
    self.triesValues = triesValues
    self.takeOperands = takeOperands
    self.perform = perform
  }

  package var ownOptions: [any AnyOption] { options }
  package var subcommands: [any AnyCommand] { [] }
  package var aliases: [CommandAlias] { [] }
  package var noun: String { "" }
  package var settings: [Setting] { Setting.all.filter { scope.contains($0.key) } }
  package var usage: String {
    ((options.isEmpty ? [] : ["[OPTION...]"]) + operands.map(\.name)).joined(separator: " ")
  }

  package func invocation(_ arguments: ArraySlice<String>) throws(UsageError) -> Invocation {
    guard let options = try parse(arguments) else { return .help(of: self) }
    return Invocation(
      name: name, options: options, settings: scope, keepsMemory: keepsMemory
    ) {
      [perform] reporting in try perform(options, reporting)
    }
  }
}

extension CommandSpec {
  /// Reads what was typed after the command's name; nil if help was asked for.
  package func parse(_ arguments: ArraySlice<String>) throws(UsageError) -> Options? {
    var options = defaults
    var operands: [String] = []
    var rest = arguments
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        break
      }
      if argument == "--help" || argument == "-h" { return nil }
      if argument.hasPrefix("-"), argument != "-" {
        try apply(argument, &rest, &options)
      } else {
        operands.append(argument)
      }
    }
    try takeOperands(operands, &options)
    return options
  }

  /// Applies one option; its value may be the next argument.
  private func apply(
    _ argument: String, _ rest: inout ArraySlice<String>, _ options: inout Options
  ) throws(UsageError) {
    guard let option = self.options.first(where: { $0.isNamed(in: argument) }) else {
      throw unknownOption(argument, String(argument.prefix { $0 != "=" }))
    }
    try option.take(argument, &rest, &options)
  }

  private func unknownOption(_ argument: String, _ typed: String) -> UsageError {
    let names = allOptions.map(\.name)
    // `-ofile` and `-qo` are not read: one option, one argument.
    let short = allOptions.first { $0.short != nil && typed.dropFirst().first == $0.short }
    var hint = setting(in: argument) ?? UsageError.suggestion(for: typed, among: names)
    if hint == nil, !typed.hasPrefix("--"), let letter = short?.short {
      hint = "write -\(letter)\(short?.valueName.map { " \($0)" } ?? "") on its own"
    }
    return UsageError(
      .unknownOption, "unknown option \"\(typed)\" of \"\(name)\"",
      hint: hint ?? "`dpo-prep help \(name)` lists the options")
  }

  /// What to write instead of a setting with dashes before it; nil where that is none.
  private func setting(in argument: String) -> String? {
    let plain = argument.drop { $0 == "-" }
    let key = String(plain.prefix { $0 != "=" })
    guard scope.contains(key), Setting.isKey(key) else { return nil }
    return "settings have no dashes: write \(plain.contains("=") ? plain : "\(plain)=VALUE")"
  }
}
