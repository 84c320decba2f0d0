internal import Settings

extension CommandSpec {
  /// The whole help of the command, at most 80 columns wide.
  var help: String {
    let operandNames = operands.map { " \($0.name)" }.joined()
    var sections = [
      "dpo-prep \(name): \(abstract)",
      "Usage: dpo-prep \(name)\(options.isEmpty ? "" : " [OPTION...]")\(operandNames)",
      HelpText.paragraph(discussion),
    ]
    if !operands.isEmpty {
      sections.append(
        "Arguments:\n" + HelpText.table(operands.map { ($0.name.trimmingBrackets, $0.help) }))
    }
    let rows =
      options.map { (HelpText.label(of: $0), $0.help) } + ReportingOptions.help + [HelpText.helpRow]
    sections.append("Options:\n" + HelpText.table(rows))
    sections.append("Example:\n  \(example)")
    return sections.joined(separator: "\n\n") + "\n"
  }
}

/// The layout that all help texts share.
enum HelpText {
  static let width = 80

  static let helpRow = ("-h, --help", "Show this help and stop.")

  /// `-o, --out FILE`; names without a short form are indented to stand below the long ones.
  static func label<Options>(of option: OptionSpec<Options>) -> String {
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
  /// `key=value` for `[key=value...]`.
  fileprivate var trimmingBrackets: String {
    var text = self[...]
    if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
    if text.hasSuffix("...") { text = text.dropLast(3) }
    return String(text)
  }
}
