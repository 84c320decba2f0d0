internal import Text

/// A page for `man`, of a command.
package struct ManualPage {
  /// The name of its file, such as `dpo-prep-job-measure.1`.
  package let fileName: String
  package private(set) var text: String

  /// - Parameter version: what the page's foot says, such as `dpo-prep 1.0`.
  package init(_ command: any AnyCommand, version: String) {
    let name = Self.name(of: command)
    fileName = name + ".1"
    text = #".TH "\#(Self.escaped(name.uppercased()))" "1" "" "\#(Self.escaped(version))""#
    text += " \"Manual of dpo-prep\"\n"
    add("NAME", ["\(Self.escaped(name)) \\- \(Self.escaped(command.abstract))"])
    add(
      "SYNOPSIS",
      [
        "\\fB\(Self.escaped(command.commandLine))\\fR"
          + (command.usage.isEmpty ? "" : " " + Self.escaped(command.usage))
      ])
    add("DESCRIPTION", [Self.prose(command.discussion)])
    add(
      "ARGUMENTS",
      entries: command.operands.map { (Self.escaped($0.name.withoutBrackets), $0.help) })
    add(
      command.noun.uppercased() + "S",
      entries: command.subcommands.map {
        ("\\fB\(Self.escaped(Self.name(of: $0)))\\fR(1)", $0.abstract.capitalizedFirst + ".")
      })
    add(
      "OPTIONS",
      entries: command.optionRows.map {
        (Self.escaped(String($0.label.drop { $0 == " " })), $0.text)
      })
    add(command.example.contains("\n") ? "EXAMPLES" : "EXAMPLE", code: command.example)
    if command.name.isEmpty {
      add("EXIT STATUS", entries: HelpText.exitStatuses.map { ($0.0, $0.1.capitalizedFirst + ".") })
    }
    if let others = Self.seeAlso(command) { add("SEE ALSO", [others]) }
  }

  /// Of a command and all below it.
  package static func all(of root: any AnyCommand, version: String) -> [ManualPage] {
    root.all.map { ManualPage($0, version: version) }
  }

  // MARK: Parts

  private static func name(of command: any AnyCommand) -> String {
    command.commandLine.replacing(" ", with: "-")
  }

  private static func seeAlso(_ command: any AnyCommand) -> String? {
    var words = command.commandLine.split(separator: " ").dropLast()
    var names: [String] = []
    while !words.isEmpty {
      names.insert(words.joined(separator: "-"), at: 0)
      words.removeLast()
    }
    return names.isEmpty
      ? nil : names.map { "\\fB\(escaped($0))\\fR(1)" }.joined(separator: ", ")
  }

  private mutating func add(_ heading: String, _ lines: [String]) {
    text += ".SH \"\(heading)\"\n" + lines.map { $0 + "\n" }.joined()
  }

  private mutating func add(_ heading: String, entries: [(label: String, text: String)]) {
    guard !entries.isEmpty else { return }
    add(heading, entries.map { ".TP\n\($0.label)\n\(Self.prose($0.text))" })
  }

  private mutating func add(_ heading: String, code: String) {
    add(heading, [".nf"] + code.split(separator: "\n").map { Self.escaped(String($0)) } + [".fi"])
  }

  /// A paragraph, with what stands in backticks in bold.
  private static func prose(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map { number, part in
      let words = escaped(String(part))
      return number % 2 == 1 ? "\\fB\(words)\\fR" : words
    }.joined().wrapped(width: 78).map { $0.hasPrefix(".") ? "\\&" + $0 : $0 }
      .joined(separator: "\n")
  }

  /// Text in which roff finds nothing of its own.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("\"", with: "\\(dq").replacing("'", with: "\\(aq").replacing("~", with: "\\(ti")
      .replacing("^", with: "\\(ha").replacing("`", with: "\\(ga")
    return plain.hasPrefix(".") ? "\\&" + plain : plain
  }
}
