internal import Records

/// A command line that makes no sense.
struct UsageError: ReportableError, Equatable {
  enum Code: String, Sendable {
    case noCommand, unknownCommand, unknownOption, missingValue, unexpectedValue, invalidValue
    case missingOperand, unexpectedOperand
  }

  let code: Code
  let diagnostic: Diagnostic

  init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    diagnostic = Diagnostic(code, error: message, at: nil, hint: hint)
  }

  var category: FailureCategory { .usage }
}
