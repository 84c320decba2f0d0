internal import JSON

/// What a model answered.
package enum Answer: Hashable, Sendable {
  /// One message of the assistant that is a text and nothing else, as UTF-8.
  case text([UInt8])
  /// Any other answer: a message with more than a text, or the steps of an agent.
  case messages([Message])

  /// Makes an answer of messages.
  package init(_ messages: [Message]) {
    if messages.count == 1, messages[0].role == .assistant, messages[0].isPlain {
      self = .text(messages[0].text)
    } else {
      self = .messages(messages)
    }
  }

  /// The answer as messages.
  package var messages: [Message] {
    switch self {
    case .text(let text): [Message(.assistant, text: text)]
    case .messages(let messages): messages
    }
  }

  /// The bytes that tell the answer from others.
  package var identity: [UInt8] {
    switch self {
    case .text(let text): text
    case .messages(let messages): JSONValue.list(messages.map(\.value)).canonical
    }
  }

  /// The text that is shown and compared: that of the assistant's messages, a blank line between
  /// two.
  package var text: [UInt8] {
    switch self {
    case .text(let text): text
    case .messages(let messages):
      Array(
        messages.lazy.filter { $0.role == .assistant }.map(\.text).filter { !$0.isEmpty }
          .joined(separator: [0x0A, 0x0A]))
    }
  }
}
