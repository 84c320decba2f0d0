/// What is wrong with a row, as an error tells it and the rejects file names it.
package enum FaultCode: String, Sendable {
  case notJSON = "not_json"
  case invalidUTF8 = "invalid_utf8"
  case missingField = "missing_field"
  case wrongType = "wrong_type"
  case notANumber = "not_a_number"
  /// A number that is not a probability, where rewards are to be.
  case outOfRange = "out_of_range"
  case unequalLists = "unequal_lists"
  case badConversation = "bad_conversation"
  /// The sides of a pair answer different prompts.
  case differentPrompts = "different_prompts"
  /// A message without a role, or with one that is not known.
  case unknownRole = "unknown_role"
  /// A conversation does not end with the assistant's answer.
  case noAnswer = "no_answer"
  /// No user turn.
  case noUser = "no_user"
  /// A key that an output profile cannot carry.
  case notCarried = "not_carried"
  /// The tokenizer's pattern takes too many steps on an answer.
  case tokensNotCounted = "tokens_not_counted"
  case tooLong = "row_too_long"
  /// A record of a table with other cells than its header.
  case unlikeHeader = "unlike_header"

  /// The name in the rejects file, where all that is wrong with a conversation has one.
  package var name: String {
    switch self {
    case .unknownRole, .noAnswer, .noUser: Self.badConversation.rawValue
    default: rawValue
    }
  }
}
