internal import Records
internal import Scan
internal import Terminal
internal import Text

/// Headings, tables and quoted texts, plain or as Markdown.
struct DiffText {
  let isMarkdown: Bool
  /// The cells that a line may take; nil for any.
  let width: Int?
  private(set) var text = ""

  /// The most characters of a quoted text.
  private static let longestQuote = 600

  init(isMarkdown: Bool, width: Int? = nil) {
    self.isMarkdown = isMarkdown
    self.width = width
  }

  mutating func heading(_ title: String, level: Int) {
    separate()
    text += isMarkdown ? String(repeating: "#", count: level) + " \(shown(title))\n" : lines(title)
  }

  mutating func paragraph(_ sentence: String) {
    if isMarkdown { separate() }
    text += isMarkdown ? "\(shown(sentence))\n" : lines(sentence)
  }

  mutating func table(
    _ header: [String], _ rows: [[String]], columns: [TextTable.Column] = [.name, .figure]
  ) {
    if isMarkdown {
      separate()
      let line = { (cells: [String]) in
        "| " + cells.map(\.shownInMarkdown).joined(separator: " | ") + " |\n"
      }
      text += line(header)
      text += "|" + header.indices.map { $0 == 0 ? " --- |" : " ---: |" }.joined() + "\n"
      text += rows.map(line).joined()
    } else {
      var table = TextTable(columns, hasHeader: true)
      table.add(header)
      rows.forEach { table.add($0) }
      text += table.text(width: width)
    }
  }

  /// An empty line between tables, which Markdown has anyway.
  mutating func gap() { if !isMarkdown { separate() } }

  /// A text of the dataset, cut if it is long, every line marked as quoted.
  mutating func quote(_ label: String, _ bytes: [UInt8]) {
    let whole = String(decoding: bytes, as: UTF8.self)
    var quoted = String(whole.prefix(Self.longestQuote))
    if quoted.count < whole.count { quoted += " … (\(whole.count) characters)" }
    if isMarkdown { separate() }
    if isMarkdown {
      // A fence in the text would end a fence around it; this nothing in the text can end.
      text += "*\(shown(label))*\n\n<pre>\n\(quoted.shownInPreformattedHTML)\n</pre>\n"
      return
    }
    text += "  \(label)\n"
    for line in quoted.shownInLines.split(separator: "\n", omittingEmptySubsequences: false) {
      let lines = width.map { String(line).wrapped(width: max(1, $0 - 4)) } ?? [String(line)]
      for line in lines { text += line.isEmpty ? "\n" : "    \(line)\n" }
    }
  }

  /// Words and names in lines of the terminal.
  private func lines(_ text: String) -> String {
    shown(text).wrapped(width: width ?? .max).map { "\($0)\n" }.joined()
  }

  /// Words and names, of which none is obeyed.
  private func shown(_ text: String) -> String {
    isMarkdown ? text.shownInMarkdown : text.shown
  }

  private mutating func separate() { if !text.isEmpty { text += "\n" } }
}
