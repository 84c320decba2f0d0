package import JSON

/// One message of a conversation, whole: whatever it holds beside role and content is kept.
package struct Message: Hashable, Sendable {
  /// Who speaks, in the words of the OpenAI chat format.
  package enum Role: String, CaseIterable, Sendable {
    case system, user, assistant, tool, developer
  }

  /// What is said.
  package enum Content: Hashable, Sendable {
    /// Nothing, as beside tool calls.
    case none
    /// UTF-8, never normalised.
    case text([UInt8])
    /// Objects with a `type` such as `text` or `image`.
    case parts([JSONValue])
  }

  package var role: Role
  package var content: Content
  /// Every other member but those that are null: `tool_calls`, `name`, `reasoning_content` and so
  /// on.
  package var extras: [JSONValue.Member]

  /// Makes a message.
  package init(_ role: Role, _ content: Content, extras: [JSONValue.Member] = []) {
    self.role = role
    self.content = content
    self.extras = extras
  }

  /// Makes a message of a text alone.
  package init(_ role: Role, text: [UInt8]) { self.init(role, .text(text)) }

  /// Whether there is a role and a text, and nothing else.
  package var isPlain: Bool {
    guard case .text = content else { return false }
    return extras.isEmpty
  }

  /// The text, that of parts joined; empty without content.
  package var text: [UInt8] {
    switch content {
    case .none: []
    case .text(let text): text
    case .parts(let parts): parts.flatMap { Self.text(ofPart: $0) ?? [] }
    }
  }

  /// A member beside role and content; nil without one.
  package subscript(extra name: String) -> JSONValue? {
    extras.first { $0.name.elementsEqual(name.utf8) }?.value
  }

  /// Whether the message calls a tool.
  package var callsTools: Bool {
    switch self[extra: "tool_calls"] {
    case .list(let calls)?: !calls.isEmpty
    case nil: self[extra: "function_call"] != nil
    default: true
    }
  }

  /// The thinking that stands beside the content; nil without any.
  package var reasoning: [UInt8]? {
    for name in ["reasoning_content", "thinking", "reasoning"] {
      if let text = self[extra: name]?.text, !text.isEmpty { return text }
    }
    return nil
  }

  /// Whether a part is something else than text.
  package var hasMedia: Bool {
    guard case .parts(let parts) = content else { return false }
    return parts.contains { Self.text(ofPart: $0) == nil }
  }

  /// The text of a part of a content; nil where it is an image or the like.
  ///
  /// LLaMA-Factory keeps it in `value`, all others in `text`.
  package static func text(ofPart part: JSONValue) -> [UInt8]? {
    if let text = part.text { return text }
    guard part["type"]?.text.map({ $0.elementsEqual("text".utf8) }) ?? true else { return nil }
    return part["text"]?.text ?? part["value"]?.text
  }
}

extension Message {
  /// The message as JSON; without content it has no `content`.
  package var value: JSONValue {
    var members = [JSONValue.Member(name: "role", value: .string(role.rawValue))]
    switch content {
    case .none: break
    case .text(let text): members.append(JSONValue.Member(name: "content", value: .string(text)))
    case .parts(let parts): members.append(JSONValue.Member(name: "content", value: .list(parts)))
    }
    return .object(members + extras)
  }

  /// The message that ``value`` gives.
  package init?(_ value: JSONValue) {
    guard let members = value.members, let name = value["role"]?.text,
      let role = Role(rawValue: String(decoding: name, as: UTF8.self))
    else { return nil }
    let content: Content =
      switch value["content"] {
      case .string(let text)?: .text(text)
      case .list(let parts)?: .parts(parts)
      default: .none
      }
    self.init(
      role, content,
      extras: members.filter {
        !$0.name.elementsEqual("role".utf8) && !$0.name.elementsEqual("content".utf8)
      })
  }
}
