package import Records

/// Why a step of a job cannot be done.
package struct JobError: ReportableError, Hashable {
  package enum Code: String, Sendable {
    /// What is there belongs to another job.
    case otherJob
    /// What has to be done before is not.
    case notReady
    /// A file of the job is not what a step wrote.
    case damaged
    /// No job is there.
    case noJob
    /// A file that settings name is not there.
    case noInput
    /// The number is beyond the last input or output.
    case noSuchTask
    /// An input is not what it was, or cannot be read by several processes.
    case unusableInput
    /// The job's folder cannot be where it was named.
    case unusableFolder
  }

  package var code: Code
  package var message: String
  package var location: SourceLocation?
  package var hint: String?

  package init(_ code: Code, _ message: String, at file: String?, hint: String?) {
    self.code = code
    self.message = message
    self.location = file.map { SourceLocation(file: $0) }
    self.hint = hint
  }

  /// What the user reads.
  package var diagnostic: Diagnostic {
    Diagnostic(code, error: message, at: location, hint: hint)
  }

  /// Which exit status it leads to.
  package var category: FailureCategory {
    switch code {
    case .otherJob, .unusableFolder: .cannotCreate
    case .notReady: .notReady
    case .damaged, .unusableInput: .badData
    case .noJob, .noInput: .inputMissing
    case .noSuchTask: .usage
    }
  }
}
