internal import Glibc
internal import Records

/// Writes what the user should know to standard error: the place, how grave it is, the message, and
/// on a second line what to do.
struct StderrPrinter: DiagnosticSink {
  private let isColored: Bool

  init() {
    let isPlain = getenv("NO_COLOR") != nil || getenv("TERM").map { String(cString: $0) } == "dumb"
    isColored = isatty(2) == 1 && !isPlain
  }

  func report(_ diagnostic: Diagnostic) {
    let place = diagnostic.location?.description ?? "dpo-prep"
    let word = diagnostic.severity.rawValue
    var text = bold(place + ": ") + color(diagnostic.severity, word + ": ")
    text += bold(diagnostic.message) + "\n"
    for line in diagnostic.hint?.split(separator: "\n") ?? [] { text += "  " + line + "\n" }
    Self.write(text)
  }

  /// Writes text to standard error as it is.
  static func write(_ text: String) {
    // Where standard error takes nothing there is nobody to tell.
    try? StandardStream.error.write(text)
  }

  private func bold(_ text: String) -> String { isColored ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  private func color(_ severity: Diagnostic.Severity, _ text: String) -> String {
    guard isColored else { return text }
    let code =
      switch severity {
      case .error: 31
      case .warning: 35
      case .note: 36
      }
    return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
  }
}
