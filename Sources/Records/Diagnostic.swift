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
  /// The setting that would raise a limit that was met, such as `input.max_row`; it is named where
  /// the command has it.
  package var limit: String?
  /// What this is, for programs: a name such as `weak_curve` that outlives changes of the words.
  package var code: String?
  /// What kind of failure an error is, known where it ends the program.
  package var category: FailureCategory?

  /// Describes something to tell the user.
  package init(
    _ severity: Severity, _ message: String, at location: SourceLocation? = nil,
    hint: String? = nil, code: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.location = location
    self.hint = hint
    self.code = code
  }

  /// Describes an error that has a code.
  package init(
    _ code: some RawRepresentable<String>, error message: String, at location: SourceLocation?,
    hint: String?
  ) {
    self.init(.error, message, at: location, hint: hint)
    self.code = Self.snakeCased(code.rawValue)
  }

  /// The same as a command tells it: its hint names the setting that raises a limit if the command
  /// has that setting.
  package func advised(for hasSetting: (String) -> Bool) -> Diagnostic {
    var advised = self
    if let limit, hasSetting(limit) { advised.hint = Self.hint(hint, raising: limit) }
    advised.limit = nil
    return advised
  }

  /// What to do about a limit that was met: something else, or to raise it.
  package static func hint(_ hint: String?, raising limit: String) -> String {
    guard let hint else { return "raise \(limit)" }
    return hint.hasSuffix("?") ? "\(hint) If not, raise \(limit)" : "\(hint), or raise \(limit)"
  }

  /// The same with a code, unless it has one.
  package func coded(_ code: some RawRepresentable<String>) -> Diagnostic {
    var coded = self
    coded.code = self.code ?? Self.snakeCased(code.rawValue)
    return coded
  }

  /// `missing_input` for `missingInput` and `conflicting_ids` for `conflictingIDs`, as names in JSON
  /// are written.
  private static func snakeCased(_ name: String) -> String {
    zip(" " + name, name).reduce(into: "") { text, letters in
      if letters.0.isLowercase, letters.1.isUppercase { text += "_" }
      text += letters.1.lowercased()
    }
  }
}

/// Where stages send what the user should know.
///
/// Stages report; they never print.
package protocol DiagnosticSink: Sendable {
  /// Takes one diagnostic.
  func report(_ diagnostic: Diagnostic)
}
