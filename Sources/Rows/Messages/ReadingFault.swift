/// Why the values of a row are not the prompt or the answer that they should be.
///
/// It names the field; where that is in the file is known to whoever found the value.
package struct ReadingFault: Error, Equatable, Sendable {
  package enum Code: Equatable, Sendable {
    case missingField, wrongType, badConversation, differentPrompts
    /// A message without a role, or with one that is not known.
    case unknownRole
    /// A conversation does not end with the assistant's answer.
    case noAnswer
    /// No user turn.
    case noUser
    /// A key that an output profile cannot carry.
    case notCarried
  }

  package var code: Code
  /// The path of the field; nil where the row as a whole is meant.
  package var field: String?
  /// What was expected and what was found.
  package var message: String
  /// What to do; nil for the usual.
  package var hint: String?

  package init(_ code: Code, in field: String?, _ message: String, hint: String? = nil) {
    self.code = code
    self.field = field
    self.message = message
    self.hint = hint
  }
}
