package import Records

/// Why the values of a row are not the prompt or the answer that they should be.
///
/// It names the field; where that is in the file is known to the caller that found the value.
package struct ReadingFault: Error, Equatable, Sendable {
  package var code: FaultCode
  /// The path of the field; nil where the row as a whole is meant.
  package var field: String?
  /// What was expected and what was found.
  package var message: String
  /// What to do; nil for the usual.
  package var hint: String?

  package init(_ code: FaultCode, in field: String?, _ message: String, hint: String? = nil) {
    self.code = code
    self.field = field
    self.message = message
    self.hint = hint
  }
}
