internal import JSON

/// Why a row is malformed.
///
/// The place becomes a line and a column when it is asked for.
package struct RowFault: Error, Equatable {
  package enum Code: String, Sendable {
    case notJSON = "not_json"
    case invalidUTF8 = "invalid_utf8"
    case missingField = "missing_field"
    case wrongType = "wrong_type"
    case notANumber = "not_a_number"
    case unequalLists = "unequal_lists"
    case badConversation = "bad_conversation"
    case differentPrompts = "different_prompts"
    case notCarried = "not_carried"
    case tooLong = "row_too_long"
    case unlikeHeader = "unlike_header"
  }

  package var code: Code
  /// The offset in the scanned memory.
  package var offset: Int
  package var message: String
  package var hint: String

  package init(code: Code, offset: Int, message: String, hint: String) {
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

extension RowFault.Code {
  init(_ code: ReadingFault.Code) {
    self =
      switch code {
      case .missingField: .missingField
      case .wrongType: .wrongType
      case .badConversation, .unknownRole, .noAnswer, .noUser: .badConversation
      case .differentPrompts: .differentPrompts
      case .notCarried: .notCarried
      }
  }
}
