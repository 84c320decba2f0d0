package import Parquet

/// A column of a dataset: its name, its type, and what of a pair stands in it.
package struct Column: Equatable, Sendable {
  /// Which of the two answers.
  package enum Side: Sendable {
    case chosen, rejected
    /// The one that the row is made for, where there is a row for each.
    case own
  }

  /// What stands in a column.
  package enum Content: Equatable, Sendable {
    /// The first turn of the user, as a string.
    case firstUserTurn
    /// All turns before the answer, as one string.
    case promptText
    /// The system turn, as a string; empty where there is none.
    case systemText
    /// All turns before the answer.
    case prompt(MessageShape)
    case promptID
    /// The turns before the answer and the answer.
    case conversation(Side, MessageShape)
    /// The answer as the only turn of a list.
    case answerInList(Side, MessageShape)
    case answer(Side, MessageShape)
    case answerText(Side)
    /// Whether the row's own answer is the chosen one.
    case isChosen
    /// The calibrated reward.
    case score(Side)
    case rawScore(Side)
    /// The first characteristic.
    case length(Side)
    /// The model that wrote the answer.
    case model(Side)
    /// The prompt's answers.
    case allAnswers
    /// Their rewards as read.
    case allRawScores
    /// Their calibrated rewards.
    case allScores
    /// A field of the input, by its place among those that pass through.
    case kept(Int)

    var isLength: Bool {
      if case .length = self { return true }
      return false
    }
  }

  package var name: String
  package var type: ColumnType
  package var content: Content

  init(_ name: String, _ type: ColumnType, _ content: Content) {
    self.name = name
    self.type = type
    self.content = content
  }
}
