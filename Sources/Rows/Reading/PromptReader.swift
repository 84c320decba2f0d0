internal import JSON
internal import Records

/// Reads what makes a row's prompt: where it is a text, without a detour through values.
struct PromptReader {
  private let schema: RowSchema
  private let prompt: WantedField
  private let messagesSlot: Int
  private let systemSlot: Int
  private let idSlot: Int?
  private let inputs: [(path: String, slot: Int)]
  private let history: (path: String, slot: Int)?
  /// What makes a row more than a text if it is there.
  private let richSlots: [Int]
  private let passThroughSlots: [Int]

  init(_ schema: RowSchema, wanting slots: inout FieldSlots) {
    self.schema = schema
    func want(_ path: String, in slots: inout FieldSlots) -> Int {
      slots.want(schema.names(in: path))
    }
    prompt = WantedField(schema.prompt, "prompt", schema, in: &slots)
    messagesSlot = want(schema.messages, in: &slots)
    systemSlot = want(schema.system, in: &slots)
    idSlot = schema.readsIDs ? want(schema.promptID, in: &slots) : nil
    var inputs: [(path: String, slot: Int)] = []
    for path in schema.inputs { inputs.append((path, want(path, in: &slots))) }
    self.inputs = inputs
    history = schema.history.map { ($0, want($0, in: &slots)) }
    var richSlots = inputs.map(\.slot) + (history.map { [$0.slot] } ?? [])
    for path in ContextField.all.flatMap(\.paths) where !schema.takenPaths.contains(path) {
      richSlots.append(want(path, in: &slots))
    }
    self.richSlots = richSlots
    var passThroughSlots: [Int] = []
    for path in schema.passThrough { passThroughSlots.append(want(path, in: &slots)) }
    self.passThroughSlots = passThroughSlots
  }

  /// Which of the fields that a row need not have this one has, null not counted.
  func optionalFields(in slots: FieldSlots) -> OptionalFields {
    var found: OptionalFields = []
    func look(for field: OptionalFields, at slot: Int) {
      let value = slots[slot]
      if value.isPresent, value.value.kind != .null { found.insert(field) }
    }
    if let idSlot { look(for: .promptID, at: idSlot) }
    look(for: .system, at: systemSlot)
    look(for: .messages, at: messagesSlot)
    return found
  }

  /// Whether the prompt is a text and nothing else, but for a system message.
  func isText(_ slots: FieldSlots, in source: PaddedBytes) -> Bool {
    let text = slots.value(prompt.slot)
    guard text.isString, !slots.holdsAny(of: richSlots) else { return false }
    guard source.withBytes(text.start..<text.end, Dialogue.mayBegin) else { return true }
    return Dialogue.prompt(JSONString.text(of: text, in: source)) == nil
  }

  /// The places of what makes the prompt, where it is a text.
  func places(in slots: FieldSlots) -> PromptPlaces {
    PromptPlaces(
      prompt: slots.value(prompt.slot), system: slots.value(systemSlot),
      id: idSlot.map(slots.value) ?? .absent, passThrough: passThroughSlots.map(slots.value))
  }

  /// Writes the prompt that a text makes to `output`.
  func read(
    _ places: PromptPlaces, _ row: Row, into output: inout PromptBytes
  ) throws(RowFault) {
    try begin(places, row, in: &output)
    if try hasSystem(places.system, row) { output.append(.system, places.system, in: row.source) }
    output.append(.user, places.prompt, in: row.source)
  }

  /// Writes the prompt of a row that was read as values to `output`.
  func read(
    _ conversation: ConversationRow, _ places: PromptPlaces, _ row: Row,
    into output: inout PromptBytes
  ) throws(RowFault) {
    try begin(places, row, in: &output)
    output.append(conversation)
  }

  /// A fault in the meaning of the prompt, at its place.
  func placed(_ fault: ReadingFault, _ slots: FieldSlots, _ row: Row) -> RowFault {
    if fault.code == .missingField { return row.missing(prompt) }
    let places =
      [
        (prompt.path, prompt.slot), (schema.messages, messagesSlot), (schema.system, systemSlot),
      ] + (history.map { [$0] } ?? []) + inputs
    let slot = places.first { $0.0 == fault.field }?.1
    return row.placed(fault, at: slot.map(slots.value) ?? .absent)
  }

  private func begin(
    _ places: PromptPlaces, _ row: Row, in output: inout PromptBytes
  ) throws(RowFault) {
    output.clear()
    output.id = try id(places.id, row)
    for value in places.passThrough { output.passThrough.append(row.passThrough(value)) }
  }

  private func id(_ slice: JSONSlice, _ row: Row) throws(RowFault) -> [UInt8] {
    switch slice.kind {
    case .absent, .null: []
    case .plainString, .escapedString: JSONString.text(of: slice, in: row.source)
    case .number: row.source.copy(slice.range)
    default:
      throw row.wrongType(schema.promptID, expected: "a string or a number", found: slice)
    }
  }

  /// Whether there is a system message; it must be a text.
  private func hasSystem(_ slice: JSONSlice, _ row: Row) throws(RowFault) -> Bool {
    switch slice.kind {
    case .absent, .null: false
    case .plainString, .escapedString: slice.start != slice.end
    default: throw row.wrongType(schema.system, expected: "a string", found: slice)
    }
  }
}

/// The places of what makes the prompt of a row, where it is a text.
package struct PromptPlaces: Sendable {
  var prompt: JSONSlice
  var system: JSONSlice
  var id: JSONSlice
  /// Fields that pass through.
  var passThrough: [JSONSlice]
}
