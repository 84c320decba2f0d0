internal import Text

extension AnyCommand {
  /// Prints the help.
  func showHelp() throws -> ExitStatus {
    try StandardStream.output.write(ShownText(help))
    return .done
  }

  /// The whole help of the command, at most 80 columns wide.
  var help: String {
    var sections = [
      "\(commandLine): \(abstract)",
      "Usage: \([commandLine, usage].filter { !$0.isEmpty }.joined(separator: " "))",
      HelpText.paragraph(discussion),
    ]
    if !operands.isEmpty {
      sections.append(
        "Arguments:\n" + HelpText.table(operands.map { ($0.name.trimmingBrackets, $0.help) }))
    }
    if !subcommands.isEmpty {
      sections.append(
        noun.capitalizedFirst + "s:\n"
          + HelpText.table(subcommands.map { ($0.shortName, $0.abstract) }))
    }
    sections.append("Options:\n" + HelpText.table(optionRows))
    let lines = example.split(separator: "\n").map { "  \($0)" }
    sections.append("Example:\n" + lines.joined(separator: "\n"))
    if name.isEmpty { sections.append("Exit status:\n" + HelpText.table(HelpText.exitStatuses)) }
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// The options as the help lists them, with those that every command takes.
  private var optionRows: [(label: String, text: String)] {
    let aliasRows = aliases.flatMap { alias in
      subcommands.filter { $0.shortName == alias.name }.map {
        (alias.words.joined(separator: ", "), $0.abstract.capitalizedFirst + " and stop.")
      }
    }
    return ownOptions.map { (HelpText.label(of: $0), $0.help) } + ReportingOptions.help
      + [HelpText.helpRow] + aliasRows
  }
}

/// The layout that all help texts share.
enum HelpText {
  static let width = 80

  static let helpRow = ("-h, --help", "Show this help and stop.")

  static let exitStatuses = [
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

  /// `-o, --out FILE`; names without a short form are indented to stand below the long ones.
  static func label(of option: any AnyOption) -> String {
    let short = option.short.map { "-\($0), " } ?? "    "
    return short + option.name + (option.valueName.map { " \($0)" } ?? "")
  }

  /// Two columns; a long entry in the first has its explanation below it.
  static func table(_ rows: [(label: String, text: String)]) -> String {
    let widest = 28
    let column = 2 + rows.lazy.map(\.label.count).filter { $0 <= widest }.reduce(0, max)
    return rows.map { label, text in
      let lines = text.wrapped(width: width - column - 2)
      let margin = String(repeating: " ", count: column + 2)
      let continued = lines.dropFirst().map { "\n" + margin + $0 }.joined()
      let gap =
        label.count <= widest
        ? String(repeating: " ", count: column - label.count) : "\n" + margin
      return "  \(label)\(gap)\(lines[0])\(continued)"
    }.joined(separator: "\n")
  }

  static func paragraph(_ text: String) -> String {
    text.wrapped(width: width).joined(separator: "\n")
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// `key=value` for `[key=value...]`.
  fileprivate var trimmingBrackets: String {
    var text = self[...]
    if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
    if text.hasSuffix("...") { text = text.dropLast(3) }
    return String(text)
  }
}
