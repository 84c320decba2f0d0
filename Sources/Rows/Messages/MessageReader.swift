package import JSON
package import Records

/// Reads messages in every form that trainers document: `{role, content}`, ShareGPT's
/// `{from, value}`, contents of parts, and the roles of agents.
package struct MessageReader {
  /// The path of the field that holds the messages, for faults.
  let field: String

  package init(field: String) { self.field = field }

  /// What a role's name stands for.
  private enum Speaker {
    case role(Message.Role)
    /// A message whose text is the call of a tool, as ms-swift and LLaMA-Factory write them.
    case call
  }

  /// The names of roles that are read, the most frequent first.
  static let roles: [(name: String, role: Message.Role)] = [
    ("user", .user), ("assistant", .assistant), ("system", .system), ("human", .user),
    ("gpt", .assistant), ("developer", .developer), ("tool", .tool), ("tool_response", .tool),
    ("observation", .tool),
  ]

  private static let speakers: [String: Speaker] =
    Dictionary(uniqueKeysWithValues: roles.map { ($0.name, .role($0.role)) })
    .merging(["tool_call": .call, "function_call": .call]) { $1 }

  /// The messages of a list, or the one that an object is.
  package func messages(_ value: JSONValue) throws(ReadingFault) -> [Message] {
    guard let elements = value.elements else { return [try message(value)] }
    var messages: [Message] = []
    for element in elements {
      let message = try message(element)
      // Calls that follow one another, or a text, are one turn of the assistant.
      if element.isCall, let last = messages.last, last.role == .assistant {
        messages[messages.count - 1] = last.adding(calls: message)
      } else {
        messages.append(message)
      }
    }
    return messages
  }

  /// One message.
  private func message(_ value: JSONValue) throws(ReadingFault) -> Message {
    guard let members = value.members else {
      throw bad("has a message that is not an object: \(value.kindName)")
    }
    let (roleName, contentName) = value.ownNames
    guard let content = contentName.flatMap({ value[$0] }) ?? (value.hasCalls ? .null : nil) else {
      throw bad("has a message without \"content\"")
    }
    guard let name = roleName.flatMap({ value[$0] }) else {
      throw bad("has a message without \"role\"", .unknownRole)
    }
    guard let text = name.text, let speaker = Self.speakers[String(decoding: text, as: UTF8.self)]
    else {
      throw ReadingFault(
        .unknownRole, in: field,
        "\"\(field)\" has a message with the unknown role \(name.excerpt)",
        hint: "roles are system, developer, user, assistant and tool, or their names in ShareGPT, "
          + "ms-swift and LLaMA-Factory")
    }
    // What has both vocabularies keeps the words that are not read.
    let read = [contentName, roleName].compactMap { $0.map { Array($0.utf8) } }
    let extras = members.filter { !read.contains($0.name) }
      .map { JSONValue.Member(name: $0.name, value: $0.value.finite) }
      .filter { $0.value != .null }
    switch speaker {
    case .role(let role): return Message(role, try self.content(content), extras: extras)
    case .call: return try call(content, extras)
    }
  }

  private func content(_ value: JSONValue) throws(ReadingFault) -> Message.Content {
    switch value {
    case .null: return .none
    case .string(let text): return .text(text)
    case .list(let parts):
      var read: [JSONValue] = []
      for part in parts {
        guard let part = part.asPart else {
          throw bad("has a content with a part that is neither a text nor an object")
        }
        read.append(part.finite)
      }
      return .parts(read)
    default:
      throw bad("has a message whose \"content\" is \(value.kindName), not text or parts")
    }
  }

  /// An assistant's message of tool calls that are written as JSON text.
  private func call(
    _ content: JSONValue, _ extras: [JSONValue.Member]
  ) throws(ReadingFault) -> Message {
    guard let text = content.text, let parsed = JSONValue(document: text)?.finite else {
      throw bad("has the call of a tool that is not JSON text")
    }
    let calls = (parsed.elements ?? [parsed]).map { function in
      JSONValue.object([
        JSONValue.Member(name: "type", value: .string(Array("function".utf8))),
        JSONValue.Member(name: "function", value: function),
      ])
    }
    return Message(
      .assistant, .none,
      extras: [JSONValue.Member(name: "tool_calls", value: .list(calls))] + extras)
  }

  private func bad(
    _ message: String, _ code: FaultCode = .badConversation
  ) -> ReadingFault {
    ReadingFault(code, in: field, "\"\(field)\" \(message)")
  }
}

extension Message {
  /// The message with the tool calls of another behind its own.
  fileprivate func adding(calls other: Message) -> Message {
    var message = self
    guard let more = other[extra: "tool_calls"]?.elements else { return self }
    let name = Array("tool_calls".utf8)
    if let place = extras.firstIndex(where: { $0.name == name }) {
      message.extras[place].value = .list((extras[place].value.elements ?? []) + more)
    } else {
      message.extras.append(JSONValue.Member(name: name, value: .list(more)))
    }
    return message
  }
}

extension JSONValue {
  /// The names under which a message has its role and its content: those of one vocabulary where
  /// it has both.
  ///
  /// In columns a message has null under the names that only others use.
  fileprivate var ownNames: (role: String?, content: String?) {
    let isShareGPT = (self["role"] ?? .null) == .null && self["from"] != nil
    let contents = isShareGPT ? ["value", "content"] : ["content", "value"]
    return (
      (isShareGPT ? ["from"] : ["role"]).first { self[$0] != nil },
      contents.first { self[$0] != nil }
    )
  }

  /// Whether a message is one that calls tools by its text.
  fileprivate var isCall: Bool {
    guard let name = ownNames.role.flatMap({ self[$0]?.text }) else { return false }
    return name.elementsEqual("tool_call".utf8) || name.elementsEqual("function_call".utf8)
  }

  /// Whether a message calls tools, and so needs no content.
  fileprivate var hasCalls: Bool {
    ["tool_calls", "function_call"].contains { self[$0].map { $0 != .null } ?? false }
  }

  /// The value as a part of a content, with the text under `text`; nil where it is none.
  fileprivate var asPart: JSONValue? {
    switch self {
    case .string:
      return .object([
        Member(name: "type", value: .string(Array("text".utf8))), Member(name: "text", value: self),
      ])
    case .object(let members):
      guard let text = self["value"], self["text"] ?? .null == .null,
        Message.text(ofPart: self) != nil
      else { return self }
      return .object(
        members.filter { member in
          !["value", "text"].contains { member.name.elementsEqual($0.utf8) }
        }
          + [Member(name: "text", value: text)])
    default: return nil
    }
  }
}
