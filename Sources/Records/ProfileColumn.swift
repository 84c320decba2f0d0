/// A column of a profile: what stands in it, and what the profile's trainer takes there.
package struct ProfileColumn: Sendable {
  /// Which of the two answers.
  package enum Side: Sendable {
    case chosen, rejected
    /// The one that the row is made for, where there is a row for each.
    case own
  }

  /// What of a pair stands in a column.
  package enum Part: Equatable, Sendable {
    /// The first turn of the user, as a string.
    case firstUserTurn
    /// All turns before the answer, as one string.
    case promptText
    /// The system message, as a string; empty where there is none.
    case systemText
    /// All turns before the answer.
    case promptTurns
    case promptID
    /// The turns before the answer and the answer.
    case conversation(Side)
    /// The answer's messages.
    case answerTurns(Side)
    /// The answer as one message.
    case answer(Side)
    case answerText(Side)
    /// Whether the row's own answer is the chosen one.
    case isChosen
    /// The continuation and the earlier turns of Alpaca's layout, which are only read.
    case input, history
  }

  /// A form that a trainer takes.
  package enum Form: Sendable {
    case text, messages, message, truth, list
  }

  package let name: String
  package let part: Part
  /// The forms that the trainer takes.
  package let forms: [Form]
  package let isRequired: Bool

  init(_ name: String, _ part: Part, _ forms: Form..., isRequired: Bool = true) {
    self.name = name
    self.part = part
    self.forms = forms
    self.isRequired = isRequired
  }
}
