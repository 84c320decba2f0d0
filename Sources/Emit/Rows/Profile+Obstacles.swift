package import JSON
package import Records

extension Profile {
  /// The key of a row that the profile cannot carry; nil where it carries everything.
  package func obstacle(
    _ prompt: [Message], _ context: [JSONValue.Member], _ answers: [Answer]
  ) -> String? {
    switch dialect {
    case .openAI:
      return takesSteps ? nil : answers.lazy.compactMap(Self.steps).first
    case .text:
      if let member = context.first { return String(decoding: member.name, as: UTF8.self) }
      for message in prompt + answers.flatMap(\.messages) {
        if let key = message.keyBesideText { return key }
        if message.role == .tool { return "role: tool" }
      }
      return answers.lazy.compactMap(Self.steps).first
    case .shareGPT, .swift:
      for member in context {
        if let key = Self.obstacle(context: member) { return key }
      }
      for message in prompt {
        if let key = obstacle(agent: message) { return key }
      }
      for answer in answers {
        if let key = Self.steps(answer) { return key }
        for message in answer.messages {
          if let key = obstacle(agent: message) { return key }
          // The rejected answer is a string in one of them.
          if dialect == .swift, message.callsTools { return "tool_calls" }
        }
      }
      return nil
    }
  }

  /// What to call an answer of several messages.
  private static func steps(_ answer: Answer) -> String? {
    guard answer.messages.count > 1 else { return nil }
    let kind = answer.messages.contains(where: \.callsTools) ? " (tool_calls)" : ""
    return "an answer of several messages\(kind)"
  }

  private static func obstacle(context member: JSONValue.Member) -> String? {
    let name = String(decoding: member.name, as: UTF8.self)
    switch name {
    case "tools": return nil
    case "images", "videos", "audios":
      let isPaths = member.value.elements?.allSatisfy { $0.text != nil } ?? false
      return isPaths ? nil : name
    default: return name
    }
  }

  /// The key of a message that a dialect of texts has no place for.
  private func obstacle(agent message: Message) -> String? {
    for extra in message.extras {
      let name = String(decoding: extra.name, as: UTF8.self)
      guard name == "tool_calls", let calls = extra.value.elements else { return name }
      for call in calls {
        let other = (call.members ?? []).first { member in
          !["type", "function"].contains { member.name.elementsEqual($0.utf8) }
        }
        if let other { return "tool_calls[].\(String(decoding: other.name, as: UTF8.self))" }
        if call["function"] == nil { return "tool_calls[]" }
      }
      if dialect == .shareGPT, !message.text.isEmpty { return "content beside tool_calls" }
    }
    guard case .parts(let parts) = message.content else { return nil }
    for part in parts where Message.text(ofPart: part) == nil {
      // A mark in the text refers to the list beside the conversation.
      if part.mediaKind == nil || part.members?.count != 1 { return "content[]" }
    }
    return nil
  }
}

extension Message {
  /// A key that a text alone has no place for.
  fileprivate var keyBesideText: String? {
    if let extra = extras.first { return String(decoding: extra.name, as: UTF8.self) }
    return hasMedia ? "content[]" : nil
  }
}
