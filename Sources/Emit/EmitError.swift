package import Records

/// Why output could not be written.
package struct EmitError: ReportableError, Hashable {
  /// What went wrong, for callers and tests that must tell failures apart.
  package enum Code: String, Sendable {
    /// The output folder is there and may not be replaced.
    case exists
    /// The output folder cannot be made.
    case cannotCreate
    /// Writing, syncing or renaming failed.
    case writeFailed
    /// Reading back what was put aside failed.
    case readFailed
    /// What was put aside is not what was written.
    case damaged
    /// The compressor gave an error.
    case compressionFailed
  }

  package var code: Code
  package var message: String
  package var location: SourceLocation?
  package var hint: String?

  init(_ code: Code, _ message: String, at file: String, hint: String?) {
    self.code = code
    self.message = message
    self.location = SourceLocation(file: file)
    self.hint = hint
  }

  /// What the user reads.
  package var diagnostic: Diagnostic {
    Diagnostic(code, error: message, at: location, hint: hint)
  }

  /// Which exit status it leads to.
  package var category: FailureCategory {
    switch code {
    case .exists, .cannotCreate: .cannotCreate
    case .writeFailed, .readFailed, .damaged, .compressionFailed: .inputOutput
    }
  }
}
