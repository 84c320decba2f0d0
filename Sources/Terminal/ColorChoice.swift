/// Whether headings and messages are colored.
package enum ColorChoice: String, CaseIterable, Sendable {
  /// On terminals that can, unless the environment says otherwise (no-color.org).
  case auto
  case always, never

  func colors(_ stream: StandardStream) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      stream.isTerminal && !StandardStream.isDumbTerminal
        && (StandardStream.environment("NO_COLOR") ?? "").isEmpty
    }
  }
}

extension StandardStream {
  /// Whether the terminal does nothing but show text.
  static var isDumbTerminal: Bool { environment("TERM") == "dumb" }
}
