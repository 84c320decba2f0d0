/// Whom the advice about a row is for: hints name what the command has.
package enum Advice: Sendable {
  /// Commands with a configuration, such as `run`.
  case settings
  /// Commands with options alone, such as `inspect`.
  case options
  /// Commands on datasets, which have neither.
  case dataset

  /// What names a field of the rows.
  func name(ofField field: String) -> String {
    self == .settings ? "input.fields.\(field)" : "--field \(field)=PATH"
  }

  /// What to do about a row, or to leave it out where that can be set.
  func repair(_ remedy: String) -> String {
    self == .settings ? remedy + ", or set input.on_error: skip to leave such rows out" : remedy
  }
}
