internal import Records

/// Reads a row's prompt: a string or a conversation, with a system turn and an id of its own.
struct PromptReader {
  private let fields: FieldMap
  private let prompt: WantedField
  private let messagesSlot: Int
  private let systemSlot: Int
  private let idSlot: Int
  private let answered: (path: String, slot: Int)?
  private let keptSlots: [Int]

  init(_ schema: RowSchema, wanting slots: inout FieldSlots) {
    fields = schema.fields
    answered = schema.answeredPath.map { ($0, slots.want($0)) }
    var keptSlots: [Int] = []
    for path in schema.kept { keptSlots.append(slots.want(path)) }
    self.keptSlots = keptSlots
    prompt = WantedField(fields.prompt, setting: "input.fields.prompt", in: &slots)
    messagesSlot = slots.want(fields.messages)
    systemSlot = slots.want(fields.system)
    idSlot = slots.want(fields.promptID)
  }

  /// The row's values that make its prompt.
  func fields(in slots: FieldSlots) -> PromptFields {
    PromptFields(
      prompt: slots[prompt.slot].value, messages: slots[messagesSlot].value,
      system: slots[systemSlot].value, id: slots[idSlot].value,
      answered: answered.map { slots[$0.slot].value } ?? .absent,
      kept: keptSlots.map { slots[$0].value })
  }

  /// Writes the prompt that these values make to `output`.
  func read(
    _ values: PromptFields, _ row: Row, into output: inout PromptBytes
  ) throws(RowFault) {
    output.clear()
    output.id = try id(values.id, row)
    for value in values.kept { output.kept.append(row.kept(value)) }
    let found = values.prompt
    let system = try system(values.system, row)
    if let answered, values.answered.kind == .array,
      try read(values.answered, answered.path, isAnswered: true, system, row, into: &output)
    {
      return
    }
    switch found.kind {
    case .plainString, .escapedString:
      if let system { output.append(.system, system, in: row.base) }
      output.append(.user, found, in: row.base)
    case .array:
      try readOpen(found, fields.prompt, system, row, into: &output)
    case .absent where values.messages.kind == .array:
      try readOpen(values.messages, fields.messages, system, row, into: &output)
    case .absent:
      throw row.missing(prompt)
    default:
      throw row.wrongType(
        fields.prompt, expected: "a string or a list of messages", found: found)
    }
  }

  private func id(_ value: JSONValue, _ row: Row) throws(RowFault) -> [UInt8] {
    switch value.kind {
    case .absent, .null: []
    case .plainString, .escapedString: JSONString.text(of: value, in: row.base)
    case .number:
      Array(UnsafeBufferPointer(start: row.base + value.start, count: value.end - value.start))
    default:
      throw row.wrongType(fields.promptID, expected: "a string or a number", found: value)
    }
  }

  /// The system turn's text, or nil where there is none.
  private func system(_ value: JSONValue, _ row: Row) throws(RowFault) -> JSONValue? {
    switch value.kind {
    case .absent, .null: nil
    case .plainString, .escapedString: value.start == value.end ? nil : value
    default: throw row.wrongType(fields.system, expected: "a string", found: value)
    }
  }

  private func readOpen(
    _ list: JSONValue, _ path: String, _ system: JSONValue?, _ row: Row,
    into output: inout PromptBytes
  ) throws(RowFault) {
    _ = try read(list, path, isAnswered: false, system, row, into: &output)
  }

  /// Reads a conversation up to the turn to answer, or up to its answer.
  ///
  /// - Returns: whether it holds a prompt; a conversation can be the answer alone.
  private func read(
    _ list: JSONValue, _ path: String, isAnswered: Bool, _ system: JSONValue?, _ row: Row,
    into output: inout PromptBytes
  ) throws(RowFault) -> Bool {
    func bad(_ message: String) -> RowFault {
      RowFault(
        code: .badConversation, offset: list.start, message: "\"\(path)\" \(message)",
        hint:
          "a conversation is a list of {\"role\": ..., \"content\": \"...\"} up to the user turn to answer"
      )
    }
    var turns: [Turn] = []
    for message in JSONTree(list, in: row.base).elements ?? [] {
      guard let name = message["role"]?.text, let content = message["content"]?.text else {
        throw bad("has a message without \"role\" or \"content\" text")
      }
      guard let role = Turn.Role(rawValue: String(decoding: name, as: UTF8.self)) else {
        throw bad(
          "has a message with the unknown role \"\(String(decoding: name, as: UTF8.self))\"")
      }
      turns.append(Turn(role: role, content: content))
    }
    if isAnswered {
      guard turns.popLast()?.role == .assistant else {
        throw bad("does not end with an assistant turn")
      }
      if turns.isEmpty { return false }
    }
    guard turns.contains(where: { $0.role == .user }) else { throw bad("has no user turn") }
    guard turns.last?.role != .assistant else {
      throw bad("ends with an assistant turn, so there is nothing to answer")
    }
    if let system, turns[0].role != .system { output.append(.system, system, in: row.base) }
    for turn in turns { output.append(turn) }
    return true
  }
}
