package import Parquet
package import Records

/// A column of a dataset: its name, its type, and what of a pair stands in it.
package struct Column: Equatable, Sendable {
  /// Which of the two answers.
  package typealias Side = ProfileColumn.Side

  /// What stands in a column.
  package enum Content: Equatable, Sendable {
    /// Texts of the prompt and the answers.
    case part(ProfileColumn.Part)
    /// What stands beside the conversation, such as `tools`.
    case context(String)
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
    case passThrough(Int)

    var isLength: Bool {
      if case .length = self { return true }
      return false
    }
  }

  package var name: String
  package var type: ColumnType
  package var content: Content
  /// How messages are written in it.
  let shape: MessageShape

  init(_ name: String, _ type: ColumnType, _ content: Content, shape: MessageShape = .plain) {
    self.name = name
    self.type = type
    self.content = content
    self.shape = shape
  }
}

extension MessageShape {
  /// That of columns without messages.
  static let plain = MessageShape(.openAI, ConversationTypes())
}
