package import JSON

/// What the messages of a dataset hold beside role and text: the columns of tables need one type
/// for all of them.
package struct ConversationTypes: Equatable, Sendable {
  /// The type of contents that are lists of parts; nil where every content is a text.
  package internal(set) var parts: JSONType?
  /// Other members of messages, in the order of their first appearance.
  package internal(set) var extras: [JSONType.Member] = []
  /// What stands beside conversations.
  package internal(set) var context: [JSONType.Member] = []

  /// Whether an answer is more than the text of one message.
  package internal(set) var hasMessageAnswers = false

  package init() {}

  /// Takes in an answer.
  package mutating func include(_ answer: Answer) {
    guard case .messages(let messages) = answer else { return }
    hasMessageAnswers = true
    for message in messages { include(message) }
  }

  /// Takes in a message.
  package mutating func include(_ message: Message) {
    guard !message.isPlain else { return }
    if case .parts(let parts) = message.content {
      merge(parts: JSONType(.list(parts), isWritten: true))
    }
    extras = JSONType.merged(extras, message.extras.map(JSONType.Member.init))
  }

  /// Takes in what stands beside a conversation.
  package mutating func include(context members: [JSONValue.Member]) {
    context = JSONType.merged(context, members.map(JSONType.Member.init))
  }

  /// The same without some of what stands beside conversations.
  package func without(context names: Set<String>) -> ConversationTypes {
    var types = self
    types.context.removeAll { names.contains(String(decoding: $0.name, as: UTF8.self)) }
    return types
  }

  /// Takes in what later rows hold.
  package mutating func merge(_ later: ConversationTypes) {
    if let parts = later.parts { merge(parts: parts) }
    extras = JSONType.merged(extras, later.extras)
    context = JSONType.merged(context, later.context)
    hasMessageAnswers = hasMessageAnswers || later.hasMessageAnswers
  }

  private mutating func merge(parts type: JSONType) {
    parts = parts.map { $0.merged(with: type) } ?? type
  }
}

extension JSONType.Member {
  fileprivate init(_ member: JSONValue.Member) {
    self.init(name: member.name, type: JSONType(member.value, isWritten: true))
  }
}
