/// The fields of one of the candidates that a row has side by side.
package struct CandidateColumn: Equatable, Sendable {
  /// How a field's name is made the candidate's.
  package enum Affix: Equatable, Sendable {
    /// As in `chosen_` or `response_0_`.
    case before(String)
    /// As in `_chosen`.
    case after(String)

    func name(of field: String) -> String {
      switch self {
      case .before(let prefix): prefix + field
      case .after(let suffix): field + suffix
      }
    }
  }

  /// The field that holds the response.
  package var response: String
  /// The field that holds the reward.
  package var reward: String
  /// Whether the response is the last turn of a conversation.
  package var isConversation: Bool
  private let affix: Affix

  /// - Parameter reward: the name that `affix` makes the candidate's.
  init(response: String, reward: String, affix: Affix, isConversation: Bool = false) {
    self.response = response
    self.reward = affix.name(of: reward)
    self.isConversation = isConversation
    self.affix = affix
  }

  /// The path of the response's text.
  var responsePath: String { isConversation ? response + ".content" : response }

  /// The candidate's own field of this name.
  func path(of field: String) -> String { affix.name(of: field) }
}
