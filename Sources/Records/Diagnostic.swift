/// Something to tell the user: what happened, where, and what to do about it.
package struct Diagnostic: Hashable, Sendable {
  /// How grave it is.
  package enum Severity: String, Sendable {
    case error, warning, note
  }

  package var severity: Severity
  /// One sentence without a full stop, lower case, naming what was expected and what was found.
  package var message: String
  package var location: SourceLocation?
  /// What to do, shown on a second line.
  package var hint: String?

  /// Describes something to tell the user.
  package init(
    _ severity: Severity, _ message: String, at location: SourceLocation? = nil, hint: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.location = location
    self.hint = hint
  }
}

/// Where stages send what the user should know.
///
/// Stages report; they never print.
package protocol DiagnosticSink: Sendable {
  /// Takes one diagnostic.
  func report(_ diagnostic: Diagnostic)
}
