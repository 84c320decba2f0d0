internal import JSON
package import Records

/// Why a row is malformed.
///
/// The place becomes a line and a column when it is asked for.
package struct RowFault: Error, Equatable {
  package var code: FaultCode
  /// The offset in the scanned memory.
  package var offset: Int
  package var message: String
  package var hint: String

  package init(code: FaultCode, offset: Int, message: String, hint: String) {
    self.code = code
    self.offset = offset
    self.message = message
    self.hint = hint
  }
}

extension RowFault {
  init(_ fault: JSONFault, _ advice: Advice) {
    self.init(
      code: fault.problem == .badUTF8 ? .invalidUTF8 : .notJSON, offset: fault.offset,
      message: fault.message, hint: advice.repair(fault.remedy))
  }
}
