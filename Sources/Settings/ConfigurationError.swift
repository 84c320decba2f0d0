package import Records

/// Why a configuration could not be had: everything wrong with it, in the order of its keys.
package struct ConfigurationError: ReportableError, Equatable {
  /// What kind of trouble it is, for tests and callers that must tell kinds apart.
  package enum Code: String, Sendable {
    /// There is no such file.
    case missingFile
    /// The file is there and cannot be read.
    case unreadableFile
    /// The text is not YAML, or not a configuration at all.
    case malformedText
    /// Keys or values that the table of settings does not allow.
    case invalidSettings
    /// An argument that is not `key=value`.
    case malformedOverride
  }

  package let code: Code
  /// Everything that is wrong; never empty.
  package let diagnostics: [Diagnostic]

  /// Gathers what is wrong.
  package init(_ code: Code, _ first: Diagnostic, _ others: [Diagnostic] = []) {
    self.code = code
    self.diagnostics = ([first] + others).map { $0.coded(code) }
  }

  /// The first thing that is wrong.
  package var diagnostic: Diagnostic { diagnostics[0] }

  package var category: FailureCategory {
    switch code {
    case .missingFile: .inputMissing
    case .unreadableFile: .inputOutput
    case .malformedText, .invalidSettings: .badConfiguration
    case .malformedOverride: .usage
    }
  }
}
