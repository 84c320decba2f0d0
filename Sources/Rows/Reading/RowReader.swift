package import JSON
package import Records

/// Reads rows: the prompt, and each candidate's answer, reward and numbers.
///
/// Rows whose prompt and answers are texts, as most are, are read as places in memory; all others
/// as a ``ConversationRow``. One reader serves one thread; what it found is valid until it reads the
/// next row.
package struct RowReader {
  /// A candidate of the row.
  package struct Candidate {
    /// Where the answer is: a string, null, or messages.
    package var response: JSONSlice
    /// NaN or infinite where the candidate cannot be used.
    package var reward: Double
  }

  package let schema: RowSchema
  private let advice: Advice
  package private(set) var candidates: [Candidate] = []
  /// For each of several reward models its reward for each candidate, NaN where it gave none.
  ///
  /// Empty where there is one reward; those of ``candidates`` are the first's.
  package private(set) var modelRewards: [[Double]]
  /// For each characteristic that the row carries, its value for each candidate.
  package private(set) var carried: [[Double]]
  /// The row as values; nil where prompt and answers are texts.
  package private(set) var conversation: ConversationRow?
  /// Candidates whose score of 10 stands for a 1 (see ``RowSchema/doubtPaths``).
  package private(set) var doubtfulScores = 0
  /// The fields that rows need not have and that some row had since ``forgetNoticed()``.
  package private(set) var optionalFields: OptionalFields = []
  /// The split that the row names; nil where none is read.
  package private(set) var isTest: Bool?

  private var slots = FieldSlots()
  private var partition: Range<Int>?
  /// One field, or one for each candidate of a row with columns.
  private let responses: [WantedField]
  /// One field, one for each candidate of a row with columns, or those of the ratings; none where
  /// several reward models are read.
  private let rewards: [WantedField]
  /// For each of several reward models one field, or one for each candidate.
  private let modelFields: [[WantedField]]
  /// For each carried characteristic one field, or one for each candidate.
  private let carriedFields: [[WantedField]]
  /// One field, or one for each candidate; none where models are not read.
  private let modelSlots: [Int]
  private let doubtSlots: [Int]
  private let split: WantedField?
  private let promptReader: PromptReader

  /// What of a row the output cannot carry; nil where it carries everything.
  package typealias Obstacle = @Sendable (ConversationRow) -> ReadingFault?

  private let obstacle: Obstacle?

  package init(schema: RowSchema, advice: Advice, obstacle: Obstacle? = nil) {
    self.schema = schema
    self.advice = advice
    self.obstacle = obstacle
    func wanted(
      _ paths: [String], _ name: String, in slots: inout FieldSlots
    ) -> [WantedField] {
      paths.map { WantedField($0, name, schema, in: &slots) }
    }
    let isOneToRow =
      switch schema.answers {
      case .flat, .lastTurn: true
      case .nested, .rated, .columns: false
      }
    responses = wanted(
      schema.responsePaths, isOneToRow ? "response" : "responses", in: &slots)
    let rewardName = isOneToRow ? "reward" : "rewards"
    rewards =
      schema.rewards.isEmpty ? wanted(schema.firstRewardPaths, rewardName, in: &slots) : []
    var modelFields: [[WantedField]] = []
    for reward in schema.rewards {
      modelFields.append(wanted(reward.paths, rewardName, in: &slots))
    }
    self.modelFields = modelFields
    modelRewards = Array(repeating: [], count: modelFields.count)
    var carriedFields: [[WantedField]] = []
    for name in schema.carriedNames {
      carriedFields.append(
        wanted(schema.carriedPaths(name), "calibration.characteristics", in: &slots))
    }
    self.carriedFields = carriedFields
    carried = Array(repeating: [], count: carriedFields.count)
    modelSlots = wanted(schema.modelPaths, "model", in: &slots).map(\.slot)
    doubtSlots = wanted(schema.doubtPaths, "rewards", in: &slots).map(\.slot)
    let splitPaths = schema.split.map { [$0] } ?? []
    split = wanted(splitPaths, "split.field", in: &slots).first
    promptReader = PromptReader(schema, wanting: &slots)
  }

  /// The names of top-level fields that rows had since ``forgetNoticed()`` and that are not read.
  package var otherFields: [[UInt8]] { slots.otherNames }

  /// Begins anew to notice fields, so that what is noticed does not depend on what else the reader
  /// has read.
  package mutating func forgetNoticed() {
    slots.forgetOtherNames()
    optionalFields = []
  }

  /// Reads the row in `start..<end`.
  ///
  /// - Parameter partition: Where an object stands whose fields the row has where it lacks them.
  package mutating func read(
    _ source: PaddedBytes, from start: Int, to end: Int, beside partition: Range<Int>? = nil
  ) throws(RowFault) {
    var scanner = JSONScanner(source, from: start, to: end)
    self.partition = partition
    do {
      if let partition {
        var first = JSONScanner(source, from: partition.lowerBound, to: partition.upperBound)
        try first.scanRow(into: &slots)
      }
      try scanner.scanRow(into: &slots, keepingFound: partition != nil)
    } catch {
      throw RowFault(error, advice)
    }
    candidates.removeAll(keepingCapacity: true)
    conversation = nil
    doubtfulScores = 0
    let row = Row(
      source: source, start: start, end: end, advice: advice, partition: partition)
    switch schema.answers {
    case .flat: try readFlat(row)
    case .lastTurn: try readLastTurn(row)
    case .nested: try readNested(row)
    case .rated: try readRated(row)
    case .columns: try readColumns(row)
    }
    if !modelFields.isEmpty {
      try readModelRewards(row)
    } else if schema.hasProbabilities {
      try readProbabilities(row)
    } else if schema.isLowerBetter {
      // Not negated, which would make -0 of a rank of 0.
      for index in candidates.indices { candidates[index].reward = 0 - candidates[index].reward }
    }
    optionalFields.formUnion(promptReader.optionalFields(in: slots))
    isTest = try split.map { field throws(RowFault) in try isTest(field, row) }
    let isText = candidates.allSatisfy { $0.response.isString || $0.response.kind == .null }
    if !isText || !promptReader.isText(slots, in: source) { try readConversation(row) }
  }

  /// The places of the prompt and the fields that go with it.
  package var promptPlaces: PromptPlaces { promptReader.places(in: slots) }

  /// Writes the row's prompt, as it groups candidates, to `output`.
  package func prompt(
    in source: PaddedBytes, from start: Int, to end: Int, into output: inout PromptBytes
  ) throws(RowFault) {
    let row = Row(
      source: source, start: start, end: end, advice: advice, partition: partition)
    if let conversation {
      try promptReader.read(conversation, promptPlaces, row, into: &output)
    } else {
      try promptReader.read(promptPlaces, row, into: &output)
    }
  }

  /// A candidate's answer; nil where there is none.
  package func answer(_ index: Int, in source: PaddedBytes) -> Answer? {
    if let conversation { return conversation.answers[index] }
    let slice = candidates[index].response
    return slice.isString ? .text(JSONString.text(of: slice, in: source)) : nil
  }

  /// The model that wrote a candidate of the row; nil where the row does not say.
  ///
  /// In nested rows it is an element of a list, or one model for all.
  package func model(ofCandidate index: Int, in source: PaddedBytes) -> [UInt8]? {
    guard let first = modelSlots.first else { return nil }
    let found = slots[modelSlots.count > 1 ? modelSlots[index] : first]
    let isOneEach = found.isList && found.elements.count == candidates.count
    let value = isOneEach ? found.elements[index] : found.value
    return value.isString ? JSONString.text(of: value, in: source) : nil
  }

  // MARK: Layouts

  private mutating func readFlat(_ row: Row) throws(RowFault) {
    let answer = try slots.answer(
      responses[0], row,
      listHint: "for a prompt a row with lists, set \(advice.name(ofField: "responses")) and "
        + advice.name(ofField: "rewards"))
    candidates.append(Candidate(response: answer, reward: try reward(in: rewards.first, row)))
    for (index, fields) in carriedFields.enumerated() {
      carried[index] = [try slots.number(fields[0], row)]
    }
  }

  private mutating func readLastTurn(_ row: Row) throws(RowFault) {
    let conversation = slots[responses[0].slot].value
    guard conversation.kind == .array else {
      guard conversation.kind != .absent else { throw row.missing(responses[0]) }
      throw row.wrongType(responses[0].path, expected: "a list of messages", found: conversation)
    }
    candidates.append(
      Candidate(response: conversation, reward: try reward(in: rewards.first, row)))
    for (index, fields) in carriedFields.enumerated() {
      carried[index] = [try slots.number(fields[0], row)]
    }
  }

  private mutating func readNested(_ row: Row) throws(RowFault) {
    let answers = try slots.answers(responses[0], row)
    if let rewards = rewards.first {
      let numbers = try slots.numbers(rewards, beside: responses[0], count: answers.count, row)
      for (response, reward) in zip(answers, numbers) {
        candidates.append(Candidate(response: response, reward: reward))
      }
    } else {
      for response in answers { candidates.append(Candidate(response: response, reward: .nan)) }
    }
    try readCarriedLists(row)
    for slot in doubtSlots where slots[slot].elements.count == candidates.count {
      for (candidate, slice) in zip(candidates, slots[slot].elements) where candidate.reward == 10 {
        guard let finer = try? row.number(slice, of: ""), finer <= 2 else { continue }
        doubtfulScores += 1
      }
    }
  }

  private mutating func readRated(_ row: Row) throws(RowFault) {
    let answers = try slots.answers(responses[0], row)
    var sums = [Double](repeating: 0, count: answers.count)
    var counts = [Double](repeating: 0, count: answers.count)
    for rating in rewards where slots[rating.slot].isPresent {
      let numbers = try slots.numbers(
        rating, beside: responses[0], count: answers.count, allowsMissing: true, row)
      for (index, number) in numbers.enumerated() where !number.isNaN {
        sums[index] += number
        counts[index] += 1
      }
    }
    for (index, response) in answers.enumerated() {
      // No rating at all is 0/0, which is NaN: no reward.
      candidates.append(Candidate(response: response, reward: sums[index] / counts[index]))
    }
    try readCarriedLists(row)
  }

  /// The reward in a field; NaN where those of several models are read afterwards.
  private func reward(in field: WantedField?, _ row: Row) throws(RowFault) -> Double {
    guard let field else { return .nan }
    return try slots.number(field, row)
  }

  /// Reads the rewards of several models, of which a candidate may lack some.
  private mutating func readModelRewards(_ row: Row) throws(RowFault) {
    let isThere = modelFields.contains { $0.contains { slots[$0.slot].isPresent } }
    guard isThere || candidates.isEmpty else { throw row.missing(modelFields[0][0]) }
    for (model, fields) in modelFields.enumerated() {
      var rewards = try numbers(in: fields, row)
      let isLowerBetter = schema.rewards[model].isLowerBetter
      for index in rewards.indices {
        if schema.hasProbabilities, rewards[index].isFinite {
          let field = fields[fields.count > 1 ? index : 0]
          guard (0...1).contains(rewards[index]) else {
            throw row.improbable(rewards[index], in: (field.path, slots[field.slot].value))
          }
          rewards[index] = isLowerBetter ? -rewards[index].magnitude : rewards[index].magnitude
        } else if isLowerBetter {
          rewards[index] = 0 - rewards[index]
        }
      }
      modelRewards[model] = rewards
    }
    for index in candidates.indices { candidates[index].reward = modelRewards[0][index] }
  }

  /// The rewards of a model for the candidates of a row.
  private func numbers(
    in fields: [WantedField], _ row: Row
  ) throws(RowFault) -> [Double] {
    func number(_ field: WantedField) throws(RowFault) -> Double {
      slots[field.slot].isPresent ? try slots.number(field, row) : .nan
    }
    switch schema.answers {
    case .flat, .lastTurn: return [try number(fields[0])]
    case .columns:
      var rewards: [Double] = []
      for field in fields { rewards.append(try number(field)) }
      return rewards
    case .nested, .rated:
      guard slots[fields[0].slot].isPresent else {
        return Array(repeating: .nan, count: candidates.count)
      }
      return try slots.numbers(
        fields[0], beside: responses[0], count: candidates.count, allowsMissing: true, row)
    }
  }

  /// Requires rewards from 0 to 1, with a sign that tells the better end of 0, too.
  private mutating func readProbabilities(_ row: Row) throws(RowFault) {
    for index in candidates.indices where candidates[index].reward.isFinite {
      let number = candidates[index].reward
      guard (0...1).contains(number) else { throw row.improbable(number, in: reward(index)) }
      candidates[index].reward = schema.isLowerBetter ? -number.magnitude : number.magnitude
    }
  }

  /// The field of a candidate's reward, and its place; nil where it is the mean of several.
  private func reward(_ candidate: Int) -> (path: String, place: JSONSlice?) {
    switch schema.answers {
    case .flat, .lastTurn: (rewards[0].path, slots[rewards[0].slot].value)
    case .columns: (rewards[candidate].path, slots[rewards[candidate].slot].value)
    case .nested:
      (
        rewards[0].path,
        slots[rewards[0].slot].elements.indices.contains(candidate)
          ? slots[rewards[0].slot].elements[candidate] : nil
      )
    case .rated: (rewards.map(\.path).joined(separator: ", "), nil)
    }
  }

  private mutating func readCarriedLists(_ row: Row) throws(RowFault) {
    for (index, fields) in carriedFields.enumerated() {
      carried[index] = try slots.numbers(
        fields[0], beside: responses[0], count: candidates.count, row)
    }
  }

  private mutating func readColumns(_ row: Row) throws(RowFault) {
    for (index, response) in responses.enumerated() {
      let answer = try slots.answer(response, row)
      let reward = try self.reward(in: rewards.isEmpty ? nil : rewards[index], row)
      candidates.append(Candidate(response: answer, reward: reward))
    }
    for (index, fields) in carriedFields.enumerated() {
      carried[index].removeAll(keepingCapacity: true)
      for field in fields { carried[index].append(try slots.number(field, row)) }
    }
  }

  // MARK: Meaning

  private mutating func readConversation(_ row: Row) throws(RowFault) {
    let value: JSONValue
    do throws(JSONFault) {
      value = try row.parsed()
    } catch {
      throw RowFault(error, advice)
    }
    do throws(ReadingFault) {
      var parts = try schema.promptParts(of: value)
      for (index, candidate) in candidates.enumerated() {
        let field = responses.count > 1 ? responses[index] : responses[0]
        parts.answers.append(
          RowParts.Field(field.path, JSONValue(candidate.response, in: row.source)))
      }
      let read = try ConversationRow(parts)
      if let fault = obstacle?(read) { throw fault }
      conversation = read
    } catch {
      if let index = responses.firstIndex(where: { $0.path == error.field }) {
        let slice =
          responses.count > 1 ? candidates[index].response : slots[responses[0].slot].value
        throw row.placed(error, at: slice)
      }
      throw promptReader.placed(error, slots, row)
    }
  }

  /// Names of splits, by how they begin.
  private static let trainNames = ["train"]
  private static let testNames = ["test", "valid", "val", "dev", "eval", "holdout"]

  private func isTest(_ field: WantedField, _ row: Row) throws(RowFault) -> Bool {
    let found = slots[field.slot]
    guard found.isPresent else { throw row.missing(field) }
    guard found.value.isString else {
      throw row.wrongType(
        field.path, expected: "the name of a split", found: found.value,
        hint: row.advice.repair("repair the row"))
    }
    let name = String(
      decoding: JSONString.text(of: found.value, in: row.source), as: UTF8.self
    ).lowercased()
    if Self.trainNames.contains(where: name.hasPrefix) { return false }
    if Self.testNames.contains(where: name.hasPrefix) { return true }
    throw RowFault(
      code: .wrongType, offset: row.offset(of: found.value),
      message: "expected the name of a split for \"\(field.path)\", such as train or test, found "
        + "\"\(name.prefix(40))\"",
      hint: row.advice.repair("rename it"))
  }
}
