internal import Ingest
internal import Records

/// A row of a preference dataset, whatever the names of its columns.
struct Preference {
  /// A message of a conversation.
  struct Message: Equatable {
    /// In the words of OpenAI's chat format; nil where there is none that trainers know.
    var role: String?
    var text: [UInt8]
  }

  /// A prompt or an answer.
  enum Content: Equatable {
    case text([UInt8])
    case messages([Message])

    /// The text of the last message, or the text.
    var lastText: [UInt8] {
      switch self {
      case .text(let text): text
      case .messages(let messages): messages.last?.text ?? []
      }
    }

    /// All messages; a text is one without a role.
    var texts: [[UInt8]] {
      switch self {
      case .text(let text): [text]
      case .messages(let messages): messages.map(\.text)
      }
    }
  }

  var prompt: Content?
  var chosen: Content?
  var rejected: Content?

  init(_ row: JSONTree, as profile: Profile) {
    for column in profile.trainerColumns {
      guard let value = row[column.name], let content = Content(value) else { continue }
      switch column.role {
      case .prompt: prompt = content
      case .chosen: chosen = content
      case .rejected: rejected = content
      case .label: break
      }
    }
  }

  /// The turns before the answers: the prompt, or what the chosen conversation has before its end.
  var turnsBefore: [[UInt8]] {
    if case .messages(let messages)? = chosen, messages.count > 1 {
      return messages.dropLast().map(\.text)
    }
    return prompt?.texts ?? []
  }
}

extension Preference.Content {
  fileprivate init?(_ value: JSONTree) {
    switch value {
    case .string(let text): self = .text(text)
    case .list(let elements): self = .messages(elements.map(Preference.Message.init))
    case .object: self = .messages([Preference.Message(value)])
    default: return nil
    }
  }
}

extension Preference.Message {
  fileprivate init(_ value: JSONTree) {
    let name = (value["role"] ?? value["from"])?.text.map { String(decoding: $0, as: UTF8.self) }
    role = name.flatMap { Self.roles[$0] }
    text = (value["content"] ?? value["value"])?.text ?? []
  }

  /// ShareGPT's names and OpenAI's.
  private static let roles = [
    "system": "system", "developer": "system", "user": "user", "human": "user",
    "assistant": "assistant", "gpt": "assistant", "tool": "tool", "observation": "tool",
  ]
}
