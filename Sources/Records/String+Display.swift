extension Unicode.Scalar {
  /// Whether a terminal or a browser obeys the character instead of showing it: controls, marks of
  /// the direction of writing, and separators of lines.
  package var steersDisplay: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// The text with U+FFFD for what steers a display, line breaks and tabs too: names and values of
  /// data, which stay in their place on a line.
  package var shown: String {
    guard unicodeScalars.contains(where: \.steersDisplay) else { return self }
    return replacingScalars(where: \.steersDisplay)
  }

  /// The same with line breaks and tabs as they are.
  package var shownInLines: String {
    replacingScalars { $0.steersDisplay && $0 != "\n" && $0 != "\t" }
  }

  /// The text for between the tags of a `pre`.
  package var shownInPreformattedHTML: String {
    shownInLines.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
  }

  /// The text as one that Markdown shows as it is: nothing in it is a tag, a link or a mark.
  package var shownInMarkdown: String {
    var shown = ""
    for scalar in self.shown.unicodeScalars {
      switch scalar {
      case "&": shown += "&amp;"
      case "<": shown += "&lt;"
      case ">": shown += "&gt;"
      case "@": shown += "&#64;"
      case "\\", "`", "*", "[", "]", "|", "~": shown += "\\\(scalar)"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    // Some renderers make links of these without any mark.
    return shown.replacing("://", with: "&#58;//").replacing("www.", with: "www&#46;")
  }

  private func replacingScalars(where isReplaced: (Unicode.Scalar) -> Bool) -> String {
    var replaced = ""
    for scalar in unicodeScalars {
      replaced.unicodeScalars.append(isReplaced(scalar) ? "\u{FFFD}" : scalar)
    }
    return replaced
  }
}
