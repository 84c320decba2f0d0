package import JSON
package import Records
internal import Text

/// A row as it is understood: the prompt and the answers to it.
package struct ConversationRow: Equatable, Sendable {
  /// Everything before the answers.
  package var messages: [Message]
  /// What stands beside the conversation and belongs to the prompt.
  package var context: [JSONValue.Member]
  /// One for each candidate; nil where there is none.
  package var answers: [Answer?]
}

extension ConversationRow {
  /// Reads the values of a row.
  ///
  /// The prompt is the row's own, or what its whole conversations share.
  ///
  /// - Throws: a fault that names the field where they are not a prompt and answers to it.
  package init(_ parts: RowParts) throws(ReadingFault) {
    let own = try parts.turnsBefore()
    let field = [parts.prompt, parts.conversation].lazy.compactMap(\.self)
      .first { $0.value != .null }?.path
    var answers: [ReadAnswer?] = []
    for answer in parts.answers { answers.append(try ReadAnswer(answer, hasPrompt: !own.isEmpty)) }

    var turns = own
    let shared = try Self.sharedTurns(of: answers.compactMap(\.self), parts.answers.first?.path)
    if let shared {
      turns = try Self.reconciled(own, with: shared, field)
      answers = answers.map { $0?.dropping(shared.count) }
    } else if let last = own.last, answers.count == 1, answers[0]?.messages == [last] {
      // A conversation with its answer, and the answer once more beside it.
      turns.removeLast()
    }
    if shared == nil, let prompt = parts.prompt, prompt.value == .null, turns.isEmpty {
      throw ReadingFault(
        .wrongType, in: prompt.path,
        "expected a string or a list of messages for \"\(prompt.path)\", found "
          + prompt.value.kindName)
    }
    turns = parts.addingSystem(to: turns)
    guard turns.contains(where: { $0.role == .user }) else {
      throw ReadingFault(
        field == nil && shared == nil ? .missingField : .noUser, in: field,
        field.map { "\"\($0)\" has no user turn" } ?? "no prompt was found")
    }
    guard turns.last?.role != .assistant else {
      throw ReadingFault(
        .badConversation, in: field,
        "\"\(field ?? "")\" ends with an assistant turn, so there is nothing to answer")
    }
    messages = turns
    context = parts.context.compactMap { field in
      field.value.isNothing
        ? nil : JSONValue.Member(name: Array(field.path.utf8), value: field.value.finite)
    }
    self.answers = answers.map { $0.map { Answer($0.messages) } }
  }

  /// The turns that all whole conversations begin with, up to where their answers begin; nil where
  /// there are only bare answers.
  private static func sharedTurns(
    of answers: [ReadAnswer], _ path: String?
  ) throws(ReadingFault) -> [Message]? {
    let conversations = answers.filter(\.isWhole).map(\.messages)
    guard let first = conversations.first else { return nil }
    // Each has an answer of its own behind them.
    var count = conversations.reduce(Int.max) { min($0, $1.count - 1) }
    for other in conversations.dropFirst() {
      count = zip(first, other).prefix(count).prefix { $0 == $1 }.count
    }
    if answers.contains(where: { !$0.isWhole && $0.messages.count > 1 }) {
      // The steps of an agent take the place of all that follows the user.
      count = min(count, (first.lastIndex { $0.role == .user } ?? -1) + 1)
    }
    while count > 0, first[count - 1].role == .assistant { count -= 1 }
    guard conversations.allSatisfy({ $0[count].role == .assistant }) else {
      throw ReadingFault(
        .differentPrompts, in: path,
        "the conversations of the row begin differently, so they answer different prompts",
        hint: "give all of them the same turns before the answers, or leave the row out")
    }
    return Array(first[..<count])
  }

  /// The prompt of a row that has one of its own beside whole conversations, which repeat it.
  private static func reconciled(
    _ own: [Message], with shared: [Message], _ field: String?
  ) throws(ReadingFault) -> [Message] {
    if shared.starts(with: own) { return shared }
    // A system turn, say, that the conversations lack.
    if own.suffix(shared.count).elementsEqual(shared) { return own }
    // A string beside conversations is mostly the first turn of the user.
    let text = own.count == 1 ? Words.collapsed(own[0].text.span) : []
    if shared.contains(where: { $0.role == .user && Words.collapsed($0.text.span) == text }) {
      return shared
    }
    throw ReadingFault(
      .differentPrompts, in: field,
      "\"\(field ?? "")\" is not what the conversations beside it begin with")
  }
}

/// An answer on its way: bare, or behind the turns that it answers.
private struct ReadAnswer {
  var messages: [Message]
  /// Whether the turns before the answer are there too.
  var isWhole: Bool

  /// - Parameter hasPrompt: whether the row has a prompt beside its answers.
  /// - Returns: nil for null.
  init?(_ field: RowParts.Field, hasPrompt: Bool) throws(ReadingFault) {
    switch field.value {
    case .null: return nil
    case .string(let text):
      let dialogue = hasPrompt ? nil : Dialogue.messages(text)
      messages = dialogue ?? [Message(.assistant, text: text)]
      isWhole = dialogue != nil
    case .list, .object:
      messages = try MessageReader(field: field.path).messages(field.value)
      // The steps of an agent begin with a call and go on with what the tool answers.
      isWhole = messages.first.map { $0.role != .assistant && $0.role != .tool } ?? false
    default:
      throw ReadingFault(
        .wrongType, in: field.path,
        "expected a string or messages for \"\(field.path)\", found \(field.value.kindName)")
    }
    guard messages.last?.role == .assistant else {
      throw ReadingFault(
        .noAnswer, in: field.path, "\"\(field.path)\" does not end with an assistant turn",
        hint: "a conversation ends with the answer that is scored")
    }
  }

  /// The answer of a whole conversation, which so many turns stand before.
  func dropping(_ count: Int) -> ReadAnswer {
    var answer = self
    if isWhole { answer.messages.removeFirst(count) }
    return answer
  }
}

extension RowParts {
  /// The turns that the fields of the prompt give; none where whole conversations hold them.
  fileprivate func turnsBefore() throws(ReadingFault) -> [Message] {
    guard let field = prompt, field.value != .null else {
      guard let conversation, conversation.value != .null else { return [] }
      return try MessageReader(field: conversation.path).messages(conversation.value)
    }
    switch field.value {
    case .string(var text):
      if inputs.isEmpty, history == nil, let turns = Dialogue.prompt(text) { return turns }
      var turns: [Message] = []
      if let history { turns = try Self.turns(ofHistory: history) }
      for input in inputs {
        if let more = try Self.text(input) { text += [0x0A] + more }
      }
      turns.append(Message(.user, text: text))
      return turns
    case .list, .object:
      return try MessageReader(field: field.path).messages(field.value)
    default:
      throw ReadingFault(
        .wrongType, in: field.path,
        "expected a string or a list of messages for \"\(field.path)\", found "
          + field.value.kindName)
    }
  }

  /// The turns behind the row's system message, where they have none of their own.
  fileprivate func addingSystem(to turns: [Message]) -> [Message] {
    guard let text = system?.value.text, !text.isEmpty, let first = turns.first,
      first.role != .system, first.role != .developer
    else { return turns }
    return [Message(.system, text: text)] + turns
  }

  /// Pairs of what the user said and what was answered, or messages.
  private static func turns(ofHistory field: Field) throws(ReadingFault) -> [Message] {
    guard field.value != .null else { return [] }
    guard let pairs = field.value.elements else {
      throw ReadingFault(
        .wrongType, in: field.path,
        "expected a list of [question, answer] for \"\(field.path)\", found "
          + field.value.kindName)
    }
    if case .object? = pairs.first {
      return try MessageReader(field: field.path).messages(field.value)
    }
    var turns: [Message] = []
    for pair in pairs {
      guard let texts = pair.elements, texts.count == 2, let question = texts[0].text,
        let answer = texts[1].text
      else {
        throw ReadingFault(
          .badConversation, in: field.path,
          "\"\(field.path)\" has an element that is not a list of a question and its answer")
      }
      turns += [Message(.user, text: question), Message(.assistant, text: answer)]
    }
    return turns
  }

  /// A text that may be null or empty.
  private static func text(_ field: Field) throws(ReadingFault) -> [UInt8]? {
    switch field.value {
    case .null: return nil
    case .string(let text): return text.isEmpty ? nil : text
    default:
      throw ReadingFault(
        .wrongType, in: field.path,
        "expected a string for \"\(field.path)\", found \(field.value.kindName)")
    }
  }
}

extension JSONValue {
  /// Whether there is nothing: null, or an empty list, object or text.
  fileprivate var isNothing: Bool {
    switch self {
    case .null: true
    case .list(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .string(let text): text.isEmpty
    default: false
    }
  }
}
