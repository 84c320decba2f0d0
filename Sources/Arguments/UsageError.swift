package import Records

/// A command line that makes no sense.
package struct UsageError: ReportableError, Equatable {
  package enum Code: String, Sendable {
    case noCommand, unknownCommand, unknownOption, missingValue, unexpectedValue, invalidValue
    case missingOperand, unexpectedOperand
    case contradiction
  }

  package let code: Code
  package let diagnostic: Diagnostic

  package init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    diagnostic = Diagnostic(code, error: message, at: nil, hint: hint)
  }

  package var category: FailureCategory { .usage }
}
