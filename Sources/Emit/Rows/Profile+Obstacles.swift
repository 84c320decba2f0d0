package import JSON
package import Records

extension Profile {
  /// The key of a row that the profile cannot carry; nil where it carries everything.
  package func obstacle(
    _ prompt: [Message], _ context: [JSONValue.Member], _ answers: [Answer]
  ) -> String? {
    if !takesSteps, let steps = answers.lazy.compactMap(Self.steps).first { return steps }
    if let key = context.lazy.compactMap(obstacle(context:)).first { return key }
    let roles = roles
    for message in prompt + answers.flatMap(\.messages) {
      if !roles.contains(message.role) { return "role: \(message.role.rawValue)" }
      if let key = obstacle(in: message) { return key }
    }
    switch dialect {
    case .openAI, .text: return nil
    case .shareGPT: return Self.obstacle(order: prompt) ?? Self.obstacle(system: prompt)
    case .swift: return answers.lazy.compactMap(Self.obstacle(inString:)).first
    }
  }

  /// What to call an answer of several messages.
  private static func steps(_ answer: Answer) -> String? {
    guard answer.messages.count > 1 else { return nil }
    let kind = answer.messages.contains(where: \.callsTools) ? " (tool_calls)" : ""
    return "an answer of several messages\(kind)"
  }

  /// ms-swift's rejected answer is a string.
  private static func obstacle(inString answer: Answer) -> String? {
    if answer.messages.contains(where: \.callsTools) { return "tool_calls" }
    return answer.messages.contains(where: \.hasMedia) ? "content[]" : nil
  }

  /// LLaMA-Factory's system message is a string, in which marks stand for nothing.
  private static func obstacle(system prompt: [Message]) -> String? {
    guard let first = prompt.first, first.role == .system, first.hasMedia else { return nil }
    return "content[]"
  }

  private func obstacle(context member: JSONValue.Member) -> String? {
    let name = String(decoding: member.name, as: UTF8.self)
    switch (contextUse, name) {
    case (.everything, _), (.toolsAndPaths, "tools"): return nil
    case (.toolsAndPaths, "images"), (.toolsAndPaths, "videos"), (.toolsAndPaths, "audios"):
      let isPaths = member.value.elements?.allSatisfy { $0.text != nil } ?? false
      return isPaths ? nil : name
    case (.toolsAndPaths, _), (.nothing, _): return name
    }
  }

  private func obstacle(in message: Message) -> String? {
    switch messageUse {
    case .everything: nil
    case .text: message.keyBesideText
    case .oneText: message.keyBesideText ?? message.keyBesideOneText
    case .textAndCalls: message.keyBesideCalls ?? textBesideCalls(message)
    }
  }

  private func textBesideCalls(_ message: Message) -> String? {
    dialect == .shareGPT && message.callsTools && !message.text.isEmpty
      ? "content beside tool_calls" : nil
  }

  /// LLaMA-Factory leaves out conversations whose sides do not take turns.
  private static func obstacle(order prompt: [Message]) -> String? {
    let turns = prompt.first?.role == .system ? prompt.dropFirst() : prompt[...]
    var isAnswer = false
    for message in turns {
      if message.role == .system || (message.role == .assistant) != isAnswer {
        return "role: \(message.role.rawValue), where the other side speaks"
      }
      isAnswer.toggle()
    }
    return isAnswer ? nil : "a prompt that ends with role: assistant"
  }
}

extension Message {
  /// A key that texts alone have no place for.
  fileprivate var keyBesideText: String? {
    if let extra = extras.first { return String(decoding: extra.name, as: UTF8.self) }
    return hasMedia ? "content[]" : keyBesideTextOfPart
  }

  /// A key of a part of text that is lost where the texts of parts are joined.
  private var keyBesideTextOfPart: String? {
    guard case .parts(let parts) = content else { return nil }
    return parts.lazy.filter { Message.text(ofPart: $0) != nil }
      .compactMap { $0.name(beside: ["type", "text"]) }.first.map { "content[].\($0)" }
  }

  /// A content that is not one text.
  fileprivate var keyBesideOneText: String? {
    switch content {
    case .none: "content: null"
    case .text: nil
    case .parts: "content[]"
    }
  }

  /// A key that texts and calls of tools as texts have no place for.
  fileprivate var keyBesideCalls: String? {
    for extra in extras {
      let name = String(decoding: extra.name, as: UTF8.self)
      guard name == "tool_calls", let calls = extra.value.elements else { return name }
      for call in calls {
        if let other = call.name(beside: ["type", "function"]) { return "tool_calls[].\(other)" }
        if (call["function"] ?? .null) == .null { return "tool_calls[]" }
        if !["function", .null].contains(call["type"] ?? .null) { return "tool_calls[].type" }
      }
    }
    guard case .parts(let parts) = content else { return nil }
    for part in parts where Message.text(ofPart: part) == nil {
      // A mark in the text refers to the list beside the conversation.
      if part.mediaKind == nil || part.name(beside: ["type"]) != nil { return "content[]" }
    }
    return keyBesideTextOfPart
  }
}

extension JSONValue {
  /// The first member that is not among some; those that are null are the padding of columns.
  fileprivate func name(beside names: [String]) -> String? {
    let other = (members ?? []).first { member in
      member.value != .null && !names.contains { member.name.elementsEqual($0.utf8) }
    }
    return other.map { String(decoding: $0.name, as: UTF8.self) }
  }
}
