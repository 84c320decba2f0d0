package import Records

/// Why input could not be read.
package struct IngestError: ReportableError, Hashable {
  /// What went wrong, for callers and tests that must tell failures apart.
  package enum Code: String, Sendable {
    /// No such file, or a pattern or folder without data files.
    case missingInput
    /// The operating system refuses to open or read a file.
    case unreadable
    /// One file was named more than once.
    case repeatedInput
    /// Compressed or archived data is damaged.
    case corrupt
    /// Compressed or archived data ends too early.
    case truncated
    /// The file's format is known but cannot be read.
    case unsupported
    /// A file or archive member without any row.
    case empty
    /// A JSON array that does not hold together: its commas, its end, what follows it.
    case malformedArray
    /// A table of separated values that does not hold together: its header, an open quotation mark.
    case malformedTable
    /// A row beyond the limit of bytes.
    case rowTooLong
    /// A row that is not what the schema says.
    case malformedRow
    /// A field that the user named and that the rows are not read by.
    case unusedField
    /// Rows whose rewards are of other reward models than those of the first.
    case otherRewardModels
    /// An id that stands with different prompts.
    case conflictingIDs
    /// More malformed rows than are allowed.
    case tooManyMalformedRows
    /// Not one well-formed row in the whole input.
    case noRows
    /// More candidates than four-byte numbers can name.
    case tooManyCandidates
    /// The second pass did not find what the first one read.
    case inputChanged
  }

  package var code: Code
  /// One sentence without a full stop, lower case.
  package var message: String
  package var location: SourceLocation?
  /// What to do about it.
  package var hint: String?
  /// The setting that would raise a limit that was met.
  package var limit: String?

  /// Describes a failure.
  package init(
    _ code: Code, _ message: String, at location: SourceLocation? = nil, hint: String? = nil,
    limit: String? = nil
  ) {
    self.code = code
    self.message = message
    self.location = location
    self.hint = hint
    self.limit = limit
  }

  package var diagnostic: Diagnostic {
    var diagnostic = Diagnostic(code, error: message, at: location, hint: hint)
    diagnostic.limit = limit
    return diagnostic
  }

  package var category: FailureCategory {
    switch code {
    case .missingInput: .inputMissing
    case .unreadable: .inputOutput
    default: .badData
    }
  }
}
