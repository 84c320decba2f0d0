/// Why a row is malformed.
///
/// The place becomes a line and a column when someone asks.
struct RowFault: Error, Equatable {
  enum Code: String {
    case notJSON = "not_json"
    case invalidUTF8 = "invalid_utf8"
    case missingField = "missing_field"
    case wrongType = "wrong_type"
    case notANumber = "not_a_number"
    case unequalLists = "unequal_lists"
    case badConversation = "bad_conversation"
    case tooLong = "row_too_long"
    case unlikeHeader = "unlike_header"
  }

  var code: Code
  /// The offset in the scanned memory.
  var offset: Int
  var message: String
  var hint: String
}

extension RowFault {
  init(_ fault: JSONFault) {
    self.init(
      code: fault.problem == .badUTF8 ? .invalidUTF8 : .notJSON, offset: fault.offset,
      message: fault.message, hint: fault.hint)
  }
}
