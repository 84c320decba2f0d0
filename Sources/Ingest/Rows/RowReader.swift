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
  /// One field, or one for each candidate of a row with columns.
  private let responses: [WantedField]
  /// One field, one for each candidate of a row with columns, or those of the ratings.
  private let rewards: [WantedField]
  /// For each carried characteristic one field, or one for each candidate.
  private let carriedFields: [[WantedField]]
  /// One field, or one for each candidate; none where models are not read.
  private let modelSlots: [Int]
  private let promptReader: PromptReader

  init(schema: RowSchema) {
    self.schema = schema
    func wanted(
      _ paths: [String], _ setting: String, in slots: inout FieldSlots
    ) -> [WantedField] {
      paths.map { WantedField($0, setting: setting, in: &slots) }
    }
    let isOneToRow = schema.layout == .flat
    responses = wanted(
      schema.responsePaths, isOneToRow ? "input.fields.response" : "input.fields.responses",
      in: &slots)
    rewards = wanted(
      schema.rewardPaths, isOneToRow ? "input.fields.reward" : "input.fields.rewards", in: &slots)
    var carriedFields: [[WantedField]] = []
    for name in schema.carriedNames {
      carriedFields.append(
        wanted(schema.carriedPaths(name), "calibration.characteristics", in: &slots))
    }
    self.carriedFields = carriedFields
    carried = Array(repeating: [], count: carriedFields.count)
    modelSlots = wanted(schema.modelPaths, "input.fields.model", in: &slots).map(\.slot)
    promptReader = PromptReader(schema, wanting: &slots)
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
    case .rated: try readRated(row)
    case .columns(let columns): try readColumns(columns, row)
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

  /// The model that wrote a candidate of the row; nil where the row does not say.
  ///
  /// In nested rows it is an element of a list, or one model for all.
  func model(ofCandidate index: Int, in base: UnsafePointer<UInt8>) -> [UInt8]? {
    guard let first = modelSlots.first else { return nil }
    let found = slots[modelSlots.count > 1 ? modelSlots[index] : first]
    let isOneEach = found.isList && found.elements.count == candidates.count
    let value = isOneEach ? found.elements[index] : found.value
    return value.isString ? JSONString.text(of: value, in: base) : nil
  }

  // MARK: Layouts

  private mutating func readFlat(_ row: Row) throws(RowFault) {
    let text = try slots.text(
      responses[0], row,
      listHint:
        "for a prompt a row with lists, set input.fields.responses and input.fields.rewards")
    candidates.append(Candidate(response: text, reward: try slots.number(rewards[0], row)))
    for (index, fields) in carriedFields.enumerated() {
      carried[index] = [try slots.number(fields[0], row)]
    }
  }

  private mutating func readNested(_ row: Row) throws(RowFault) {
    let texts = try slots.texts(responses[0], row)
    let numbers = try slots.numbers(rewards[0], beside: responses[0], count: texts.count, row)
    for (response, reward) in zip(texts, numbers) {
      candidates.append(Candidate(response: response, reward: reward))
    }
    try readCarriedLists(row)
  }

  private mutating func readRated(_ row: Row) throws(RowFault) {
    let texts = try slots.texts(responses[0], row)
    var sums = [Double](repeating: 0, count: texts.count)
    var counts = [Double](repeating: 0, count: texts.count)
    for rating in rewards where slots[rating.slot].isPresent {
      let numbers = try slots.numbers(
        rating, beside: responses[0], count: texts.count, allowsMissing: true, row)
      for (index, number) in numbers.enumerated() where !number.isNaN {
        sums[index] += number
        counts[index] += 1
      }
    }
    for (index, response) in texts.enumerated() {
      // No rating at all is 0/0, which is NaN: no reward.
      candidates.append(Candidate(response: response, reward: sums[index] / counts[index]))
    }
    try readCarriedLists(row)
  }

  private mutating func readCarriedLists(_ row: Row) throws(RowFault) {
    for (index, fields) in carriedFields.enumerated() {
      carried[index] = try slots.numbers(
        fields[0], beside: responses[0], count: candidates.count, row)
    }
  }

  private mutating func readColumns(
    _ columns: [CandidateColumn], _ row: Row
  ) throws(RowFault) {
    for (index, column) in columns.enumerated() {
      let text =
        column.isConversation
        ? try slots.lastText(responses[index], row) : try slots.text(responses[index], row)
      candidates.append(Candidate(response: text, reward: try slots.number(rewards[index], row)))
    }
    for (index, fields) in carriedFields.enumerated() {
      carried[index].removeAll(keepingCapacity: true)
      for field in fields { carried[index].append(try slots.number(field, row)) }
    }
  }
}
