package import Records
internal import Text

/// Writes what the user should know to standard error: the place, how grave it is, the message, and
/// on a second line what to do.
package struct StderrPrinter: DiagnosticSink {
  package let isColored: Bool

  package func report(_ diagnostic: Diagnostic) {
    let place = diagnostic.location?.description ?? "dpo-prep"
    let word = diagnostic.severity.rawValue
    // A terminal would break words.
    let width = StandardStream.error.width ?? .max
    let start = "\(place): \(word): "
    var lines = (start + diagnostic.message).wrapped(width: width)[...]
    var text: ShownText = ""
    if let first = lines.first, first.hasPrefix(start) {
      text +=
        bold(ShownText(line: place + ": "))
        + color(diagnostic.severity, ShownText(line: word + ": "))
      text += bold(ShownText(line: String(first.dropFirst(start.count)))) + "\n"
      lines = lines.dropFirst()
    }
    for line in lines { text += bold(ShownText(line: line)) + "\n" }
    for line in diagnostic.hint?.split(separator: "\n") ?? [] {
      for part in String(line).wrapped(width: width - 2) {
        text += "  " + ShownText(line: part) + "\n"
      }
    }
    Self.write(text)
  }

  /// Writes text to standard error, where a bar makes room for it.
  package static func write(_ text: ShownText) {
    StatusLine.write(below: text)
  }

  private func bold(_ text: ShownText) -> ShownText {
    isColored ? "\u{1B}[1m" + text + "\u{1B}[0m" : text
  }

  private func color(_ severity: Diagnostic.Severity, _ text: ShownText) -> ShownText {
    guard isColored else { return text }
    let color: ShownText =
      switch severity {
      case .error: "\u{1B}[1;31m"
      case .warning: "\u{1B}[1;35m"
      case .note: "\u{1B}[1;36m"
      }
    return color + text + "\u{1B}[0m"
  }
}
