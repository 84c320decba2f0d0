internal import Records

/// Reads rows: where the prompt is, and each candidate's response, reward and numbers.
///
/// One reader serves one thread; what it found is valid until it reads the next row.
struct RowReader {
  /// A candidate of the row.
  struct Candidate {
    /// A string, or null.
    var response: JSONValue
    /// NaN or infinite where the candidate cannot be used.
    var reward: Double
  }

  let schema: RowSchema
  private(set) var candidates: [Candidate] = []
  /// For each characteristic that the row carries, its value for each candidate.
  private(set) var carried: [[Double]]

  private var slots = FieldSlots()
  private let responseSlot: Int
  private let rewardSlot: Int
  private let carriedSlots: [(path: String, slot: Int)]
  private let promptSlots: PromptReader

  init(schema: RowSchema) {
    self.schema = schema
    responseSlot = slots.want(schema.responsePath)
    rewardSlot = slots.want(schema.rewardPath)
    var carriedSlots: [(path: String, slot: Int)] = []
    for case .field(let path) in schema.characteristics {
      carriedSlots.append((path, slots.want(path)))
    }
    self.carriedSlots = carriedSlots
    carried = Array(repeating: [], count: carriedSlots.count)
    promptSlots = PromptReader(fields: schema.fields, wanting: &slots)
  }

  /// Reads the row in `start..<end`.
  mutating func read(
    _ base: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) throws(RowFault) {
    var scanner = JSONScanner(base, from: start, to: end)
    do {
      try scanner.scanRow(into: &slots)
    } catch {
      throw RowFault(error)
    }
    candidates.removeAll(keepingCapacity: true)
    let row = Row(base: base, start: start, end: end)
    switch schema.layout {
    case .flat: try readFlat(row)
    case .nested: try readNested(row)
    }
  }

  /// Writes the row's prompt, as it groups candidates, to `output`.
  func prompt(
    in base: UnsafePointer<UInt8>, from start: Int, to end: Int, into output: inout PromptBytes
  ) throws(RowFault) {
    try promptSlots.read(slots, Row(base: base, start: start, end: end), into: &output)
  }

  private mutating func readFlat(_ row: Row) throws(RowFault) {
    let response = slots[responseSlot]
    guard response.isPresent else { throw row.missing(schema.fields.response) }
    guard !response.isList, response.value.isString || response.value.kind == .null else {
      throw row.wrongType(
        schema.fields.response, expected: "a string", found: response.value,
        hint: response.isList
          ? "for a prompt a row with lists, set input.fields.responses and input.fields.rewards"
          : nil)
    }
    let reward = slots[rewardSlot]
    guard reward.isPresent else { throw row.missing(schema.fields.reward) }
    candidates.append(
      Candidate(
        response: response.value, reward: try row.number(reward.value, of: schema.fields.reward)))
    for (index, (path, slot)) in carriedSlots.enumerated() {
      guard slots[slot].isPresent else { throw row.missing(path) }
      carried[index] = [try row.number(slots[slot].value, of: path)]
    }
  }

  private mutating func readNested(_ row: Row) throws(RowFault) {
    let responses = try list(schema.responsePath, responseSlot, row)
    let rewards = try list(schema.rewardPath, rewardSlot, row)
    guard responses.count == rewards.count else {
      throw row.unequal(schema.responsePath, responses.count, schema.rewardPath, rewards.count)
    }
    for index in responses.indices {
      let response = responses[index]
      guard response.kind != .absent else { throw row.missing(schema.responsePath) }
      guard response.isString || response.kind == .null else {
        throw row.wrongType(schema.responsePath, expected: "a string", found: response)
      }
      guard rewards[index].kind != .absent else { throw row.missing(schema.rewardPath) }
      candidates.append(
        Candidate(
          response: response, reward: try row.number(rewards[index], of: schema.rewardPath)))
    }
    for (index, (path, slot)) in carriedSlots.enumerated() {
      let values = try list(path, slot, row)
      guard values.count == responses.count else {
        throw row.unequal(schema.responsePath, responses.count, path, values.count)
      }
      carried[index].removeAll(keepingCapacity: true)
      for value in values {
        guard value.kind != .absent else { throw row.missing(path) }
        carried[index].append(try row.number(value, of: path))
      }
    }
  }

  private func list(_ path: String, _ slot: Int, _ row: Row) throws(RowFault) -> [JSONValue] {
    guard slots[slot].isPresent else { throw row.missing(path) }
    guard slots[slot].isList else {
      throw row.wrongType(path, expected: "a list", found: slots[slot].value)
    }
    return slots[slot].elements
  }
}
