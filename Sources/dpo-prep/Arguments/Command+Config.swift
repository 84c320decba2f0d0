internal import Rows
internal import Text

extension Command {
  /// What can follow `config`.
  static let configActions: [(name: String, operands: String, help: String)] = [
    ("init", "", "Print a configuration to start from, with every key explained."),
    ("show", "CONFIG [key=value...]", "Print every value in force and where it came from."),
    ("check", "CONFIG [key=value...]", "Say whether a configuration is valid (status 0 or 78)."),
    ("schema", "", "Print the JSON Schema that editors use."),
    ("table", "", "Print the table of all keys in Markdown."),
  ]

  /// Reads what was typed after `config`; nil if help was asked for.
  static func configAction(
    _ arguments: ArraySlice<String>
  ) throws(UsageError) -> ConfigAction? {
    let names = configActions.map(\.name)
    guard let name = arguments.first else {
      throw UsageError(
        .noCommand, "\"config\" needs an action",
        hint: "write one of \(names.joined(separator: ", "))")
    }
    if name == "--help" || name == "-h" { return nil }
    guard names.contains(name) else {
      throw UsageError(
        .unknownCommand, "unknown action \"\(name)\" of \"config\"",
        hint: UsageError.suggestion(for: name, among: names)
          ?? "write one of \(names.joined(separator: ", "))")
    }
    // The actions have no options; the table of one that has none still reads `--help` and `--`.
    let spec = CommandSpec<[String]>(
      name: "config \(name)", abstract: "", discussion: "", operands: [], options: [], example: "",
      defaults: [], takeOperands: { (operands, all) throws(UsageError) in all = operands })
    guard let operands = try spec.parse(arguments.dropFirst()) else { return nil }
    switch name {
    case "show": return .show(try source(operands, of: "config show"))
    case "check": return .check(try source(operands, of: "config check"))
    default:
      if let operand = operands.first {
        throw UsageError(
          .unexpectedOperand, "\"config \(name)\" takes no arguments, found \"\(operand)\"",
          hint: "it prints to standard output: dpo-prep config \(name) > FILE")
      }
      return name == "init" ? .initialize : name == "schema" ? .schema : .table
    }
  }

  static var configHelp: String {
    let rows = configActions.map { action in
      (action.operands.isEmpty ? action.name : "\(action.name) \(action.operands)", action.help)
    }
    return """
      dpo-prep config: make, see and check configurations

      Usage: dpo-prep config ACTION [CONFIG [key=value...]]

      \(HelpText.paragraph(
        """
        A configuration is a YAML file; every key has a default but input.paths and output.dir. \
        What is printed goes to standard output, what is wrong to standard error, everything at \
        once and with its line and column.
        """))

      Actions:
      \(HelpText.table(rows))

      Options:
      \(HelpText.table(ReportingOptions.help + [HelpText.helpRow]))

      Example:
        dpo-prep config show prep.yaml pairs.strategy=all

      """
  }
}
