/// The fields of one of the candidates that a row has side by side.
package struct CandidateColumn: Equatable, Sendable {
  /// The path of the response.
  package var response: String
  /// The path of the reward; nil where the row has none.
  package var reward: String?
  /// How the candidate's other fields are called: `{}` stands for a field's name.
  private let pattern: String

  /// - Parameter pattern: how a field's name is made the candidate's, as in `{}_chosen`.
  init(response: String, reward name: String?, pattern: String) {
    self.response = response
    self.pattern = pattern
    reward = name.map { Self.path(of: $0, pattern) }
  }

  /// - Parameter reward: the path of the reward, which the user named.
  init(response: String, rewardPath reward: String) {
    self.response = response
    self.reward = reward
    // What belongs to `answers.a.text` stands beside it, else behind the response's name.
    let parts = response.split(separator: ".")
    pattern =
      parts.count > 1 ? parts.dropLast().joined(separator: ".") + ".{}" : response + "_{}"
  }

  /// The path of the candidate's own field of this name.
  func path(of field: String) -> String { Self.path(of: field, pattern) }

  private static func path(of field: String, _ pattern: String) -> String {
    pattern.replacing("{}", with: field)
  }
}
