internal import Records

extension ProfileColumn {
  /// Whether the column holds what a person or a model wrote.
  var holdsTurns: Bool {
    switch part {
    case .promptID, .isChosen, .history: false
    default: true
    }
  }

  var holdsMessages: Bool { forms.contains(.messages) || forms.contains(.message) }

  var isPrompt: Bool {
    switch part {
    case .firstUserTurn, .promptText, .promptTurns: true
    default: false
    }
  }

  var isConversation: Bool {
    if case .conversation = part { true } else { false }
  }

  var isAnswer: Bool {
    switch part {
    case .conversation, .answerTurns, .answer, .answerText: true
    default: false
    }
  }
}

extension Profile {
  /// The columns that rows mean to have which have columns of some names: the first documented set
  /// that they have, else the usual.
  func columnSet(has name: (String) -> Bool) -> [ProfileColumn] {
    columnSets.first { set in set.allSatisfy { !$0.isRequired || name($0.name) } }
      ?? columnSets[0]
  }
}
