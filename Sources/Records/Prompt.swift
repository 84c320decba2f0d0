package import JSON

/// What the candidates of a prompt group answer.
package struct Prompt: Hashable, Sendable {
  /// The input's own id, or a digest of the prompt in hexadecimal.
  package var id: [UInt8]
  /// Everything before the answer: system message, earlier turns, the last user turn.
  package var messages: [Message]
  /// What stands beside the conversation and belongs to the prompt, such as `tools` and `images`.
  package var context: [JSONValue.Member]
  /// Other fields of the row, in the order in which they were asked for.
  package var passThrough: [PassThroughValue]

  /// Makes a prompt.
  package init(
    id: [UInt8], messages: [Message], context: [JSONValue.Member] = [],
    passThrough: [PassThroughValue] = []
  ) {
    self.id = id
    self.messages = messages
    self.context = context
    self.passThrough = passThrough
  }

  /// What stands in the dataset's `prompt` column: the first user turn, as in UltraChat.
  package var text: [UInt8] {
    messages.first { $0.role == .user }?.text ?? []
  }

  /// What stands beside the conversation under a name; nil without it.
  package subscript(context name: String) -> JSONValue? {
    context.first { $0.name.elementsEqual(name.utf8) }?.value
  }
}
