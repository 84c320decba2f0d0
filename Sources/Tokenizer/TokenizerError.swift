package import Records

/// Why a tokenizer cannot be used, or cannot count a text.
package struct TokenizerError: ReportableError {
  /// What went wrong.
  package enum Code: String, Sendable {
    /// The file is not a `tokenizer.json`.
    case malformedTokenizer
    /// The file asks for something that is not counted exactly here.
    case unsupportedTokenizer
    /// A pattern takes too many steps on a text.
    case patternTooSlow
    /// The normalizer makes a text many times as long.
    case textTooLong
  }

  package var code: Code
  /// One sentence without a full stop, lower case.
  package var message: String
  /// The file.
  package var file: String
  /// What to do about it.
  package var hint: String?

  init(_ code: Code, _ message: String, file: String = "", hint: String? = nil) {
    self.code = code
    self.message = message
    self.file = file
    self.hint = hint
  }

  package var diagnostic: Diagnostic {
    Diagnostic(code, error: message, at: SourceLocation(file: file), hint: hint)
  }

  package var category: FailureCategory { .badData }
}
