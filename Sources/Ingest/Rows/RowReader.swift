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
  private let response: WantedField
  private let reward: WantedField
  private let carriedFields: [WantedField]
  private let promptReader: PromptReader

  init(schema: RowSchema) {
    self.schema = schema
    let isFlat = schema.layout == .flat
    response = WantedField(
      schema.responsePath, setting: isFlat ? "input.fields.response" : "input.fields.responses",
      in: &slots)
    reward = WantedField(
      schema.rewardPath, setting: isFlat ? "input.fields.reward" : "input.fields.rewards",
      in: &slots)
    var carriedFields: [WantedField] = []
    for case .field(let path) in schema.characteristics {
      carriedFields.append(
        WantedField(path, setting: "calibration.characteristics", in: &slots))
    }
    self.carriedFields = carriedFields
    carried = Array(repeating: [], count: carriedFields.count)
    promptReader = PromptReader(fields: schema.fields, wanting: &slots)
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

  /// The row's values that make its prompt.
  var promptFields: PromptFields { promptReader.fields(in: slots) }

  /// Writes the row's prompt, as it groups candidates, to `output`.
  func prompt(
    in base: UnsafePointer<UInt8>, from start: Int, to end: Int, into output: inout PromptBytes
  ) throws(RowFault) {
    try promptReader.read(promptFields, Row(base: base, start: start, end: end), into: &output)
  }

  private mutating func readFlat(_ row: Row) throws(RowFault) {
    let found = slots[response.slot]
    guard found.isPresent else { throw row.missing(response) }
    guard !found.isList, found.value.isString || found.value.kind == .null else {
      throw row.wrongType(
        response.path, expected: "a string", found: found.value,
        hint: found.isList
          ? "for a prompt a row with lists, set input.fields.responses and input.fields.rewards"
          : nil)
    }
    candidates.append(Candidate(response: found.value, reward: try number(reward, row)))
    for (index, field) in carriedFields.enumerated() {
      carried[index] = [try number(field, row)]
    }
  }

  private mutating func readNested(_ row: Row) throws(RowFault) {
    let responses = try list(response, row)
    for found in responses {
      guard found.kind != .absent else { throw row.missing(response) }
      guard found.isString || found.kind == .null else {
        throw row.wrongType(response.path, expected: "a string", found: found)
      }
    }
    let rewards = try numbers(reward, count: responses.count, row)
    for (response, reward) in zip(responses, rewards) {
      candidates.append(Candidate(response: response, reward: reward))
    }
    for (index, field) in carriedFields.enumerated() {
      carried[index] = try numbers(field, count: responses.count, row)
    }
  }

  private func number(_ field: WantedField, _ row: Row) throws(RowFault) -> Double {
    guard slots[field.slot].isPresent else { throw row.missing(field) }
    return try row.number(slots[field.slot].value, of: field.path)
  }

  /// The numbers of a list that runs in parallel with the responses.
  private func numbers(
    _ field: WantedField, count: Int, _ row: Row
  ) throws(RowFault) -> [Double] {
    let values = try list(field, row)
    guard values.count == count else {
      throw row.unequal(response.path, count, field.path, values.count)
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for value in values {
      guard value.kind != .absent else { throw row.missing(field) }
      numbers.append(try row.number(value, of: field.path))
    }
    return numbers
  }

  private func list(_ field: WantedField, _ row: Row) throws(RowFault) -> [JSONValue] {
    let found = slots[field.slot]
    guard found.isPresent else { throw row.missing(field) }
    guard found.isList else {
      throw row.wrongType(field.path, expected: "a list", found: found.value)
    }
    return found.elements
  }
}
