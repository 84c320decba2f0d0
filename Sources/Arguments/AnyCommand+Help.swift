package import Terminal
internal import Text

extension AnyCommand {
  /// Prints the help.
  package func showHelp(_ reporting: Reporting) throws -> ExitStatus {
    try StandardStream.output.write(
      HelpText.shown(helpSections, isColored: reporting.colorsOutput))
    return .done
  }

  /// The whole help of the command, at most 80 columns wide.
  package var help: String { HelpText.shown(helpSections, isColored: false).text }

  /// How the command is used and what can follow it, for those who typed only its name.
  package var shortHelp: ShownText {
    var sections = helpSections.filter { $0.heading == "Usage:" || $0.heading == "Commands:" }
    sections.append(
      HelpSection(
        "", "`dpo-prep help COMMAND` tells more of a command, `dpo-prep --help` of the program."))
    return HelpText.shown(sections, isColored: false)
  }

  private var helpSections: [HelpSection] {
    var sections = [
      HelpSection("", "\(commandLine): \(abstract)"),
      HelpSection(
        "Usage:", " " + [commandLine, usage].filter { !$0.isEmpty }.joined(separator: " ")),
      HelpSection("", HelpText.paragraph(discussion)),
    ]
    if !operands.isEmpty {
      sections.append(
        HelpSection("Arguments:", table: operands.map { ($0.name.withoutBrackets, $0.help) }))
    }
    if !subcommands.isEmpty {
      sections.append(
        HelpSection(
          noun.capitalizedFirst + "s:", table: subcommands.map { ($0.shortName, $0.abstract) }))
    }
    sections.append(HelpSection("Options:", table: optionRows))
    let lines = example.split(separator: "\n").map { "\n  \($0)" }
    sections.append(HelpSection(lines.count == 1 ? "Example:" : "Examples:", lines.joined()))
    if name.isEmpty {
      sections.append(HelpSection("Exit status:", table: HelpText.exitStatuses))
    }
    return sections
  }

  /// The options as the help lists them, with those that stand for a subcommand.
  var optionRows: [(label: String, text: String)] {
    allOptions.map { ($0.label, $0.help) }
      + aliases.flatMap { alias in
        subcommands.filter { $0.shortName == alias.name }.map {
          (alias.words.joined(separator: ", "), $0.abstract.capitalizedFirst + " and stop.")
        }
      }
  }
}

/// A part of a help text.
package struct HelpSection {
  /// Ends in a colon; empty for a paragraph.
  let heading: String
  /// What follows the heading, from its line on.
  package let text: String

  package init(_ heading: String, _ text: String) {
    self.heading = heading
    self.text = text
  }

  package init(_ heading: String, table rows: [(label: String, text: String)]) {
    self.init(heading, "\n" + HelpText.table(rows))
  }
}

/// The layout that all help texts share.
package enum HelpText {
  package static let width = 80

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
    ("129, 130, 143", "interrupted (nothing half-written is left)"),
  ]

  package static func shown(_ sections: [HelpSection], isColored: Bool) -> ShownText {
    var text: ShownText = ""
    for (number, section) in sections.enumerated() {
      if number > 0 { text += "\n" }
      let heading = ShownText(section.heading)
      text += isColored && !section.heading.isEmpty ? "\u{1B}[1m" + heading + "\u{1B}[0m" : heading
      text += ShownText(section.text) + "\n"
    }
    return text
  }

  /// Two columns; a long entry in the first has its explanation below it.
  package static func table(_ rows: [(label: String, text: String)]) -> String {
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
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

  /// `key=value` for `[key=value...]`.
  var withoutBrackets: String {
    var text = self[...]
    if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
    if text.hasSuffix("...") { text = text.dropLast(3) }
    return String(text)
  }
}
