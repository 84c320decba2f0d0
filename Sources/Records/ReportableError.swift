/// An error that can be shown to the user as it is.
///
/// Every module's error type is one.
package protocol ReportableError: Error, Sendable {
  /// What the user reads.
  var diagnostic: Diagnostic { get }
  /// What kind of failure this is, which decides the exit status.
  var category: FailureCategory { get }
}

/// The kinds of failure that a calling script can tell apart by the exit status (sysexits.h).
package enum FailureCategory: Int32, Sendable {
  case usage = 64
  case badData = 65
  case inputMissing = 66
  case software = 70
  case cannotCreate = 73
  case inputOutput = 74
  /// What has to be done before is not; trying again later may do.
  case notReady = 75
  case badConfiguration = 78

  /// The name in JSON.
  package var name: String {
    switch self {
    case .usage: "usage"
    case .badData: "bad_data"
    case .inputMissing: "input_missing"
    case .software: "software"
    case .cannotCreate: "cannot_create"
    case .inputOutput: "input_output"
    case .notReady: "not_ready"
    case .badConfiguration: "bad_configuration"
    }
  }
}
