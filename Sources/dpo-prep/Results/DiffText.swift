internal import Scan
internal import Text

/// Headings, tables and quoted texts, plain or as Markdown.
struct DiffText {
  let isMarkdown: Bool
  private(set) var text = ""

  /// The most characters of a quoted text.
  private static let longestQuote = 600

  init(isMarkdown: Bool) { self.isMarkdown = isMarkdown }

  mutating func heading(_ title: String, level: Int) {
    separate()
    text += isMarkdown ? String(repeating: "#", count: level) + " \(title)\n" : "\(title)\n"
  }

  mutating func paragraph(_ sentence: String) {
    if isMarkdown { separate() }
    text += "\(sentence)\n"
  }

  mutating func table(_ header: [String], _ rows: [[String]]) {
    if isMarkdown {
      separate()
      let line = { (cells: [String]) in
        "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
      }
      text += line(header)
      text += "|" + header.indices.map { $0 == 0 ? " --- |" : " ---: |" }.joined() + "\n"
      text += rows.map(line).joined()
    } else {
      var table = TextTable()
      table.add(header)
      rows.forEach { table.add($0) }
      text += table.text()
    }
  }

  /// A text of the dataset, cut if it is long, every line marked as quoted.
  mutating func quote(_ label: String, _ bytes: [UInt8]) {
    let whole = String(decoding: bytes, as: UTF8.self)
    var quoted = String(whole.prefix(Self.longestQuote))
    if quoted.count < whole.count { quoted += " … (\(whole.count) characters)" }
    // What a terminal would obey is shown instead.
    let safe = quoted.unicodeScalars.map {
      ($0.value < 32 && $0 != "\n" && $0 != "\t") || (127..<160).contains($0.value)
        ? "\u{FFFD}" : String($0)
    }.joined()
    if isMarkdown { separate() }
    text += isMarkdown ? "*\(label)*\n\n" : "  \(label)\n"
    // A fence in the text would end a fence around it; an indented block cannot be ended.
    for line in safe.split(separator: "\n", omittingEmptySubsequences: false) {
      text += line.isEmpty ? "\n" : "    \(line)\n"
    }
  }

  private mutating func separate() { if !text.isEmpty { text += "\n" } }
}
