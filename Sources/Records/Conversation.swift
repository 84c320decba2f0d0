/// One turn of a conversation.
///
/// Text is UTF-8 bytes, as it must not be normalised on its way.
package struct Turn: Hashable, Sendable {
  /// `system`, `user`, `assistant`, `tool` or `developer`.
  package var role: Role
  package var content: [UInt8]

  /// Who speaks, in the words of the OpenAI chat format.
  package enum Role: String, CaseIterable, Sendable {
    case system, user, assistant, tool, developer
  }

  /// Makes a turn.
  package init(role: Role, content: [UInt8]) {
    self.role = role
    self.content = content
  }
}

/// What the candidates of a prompt group answer.
package struct Prompt: Hashable, Sendable {
  /// The input's own id, or the SHA-256 of `text` in hexadecimal.
  package var id: [UInt8]
  /// Everything before the answer: system turn, earlier turns, the last user turn.
  package var turns: [Turn]
  /// Other fields of the row, in the order in which they were asked for.
  package var kept: [KeptValue]

  /// Makes a prompt.
  package init(id: [UInt8], turns: [Turn], kept: [KeptValue] = []) {
    self.id = id
    self.turns = turns
    self.kept = kept
  }

  /// What stands in the dataset's `prompt` column: the first user turn, as in UltraChat.
  package var text: [UInt8] {
    turns.first { $0.role == .user }?.content ?? []
  }
}
