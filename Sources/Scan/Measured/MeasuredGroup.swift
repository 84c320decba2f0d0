internal import Hashing
internal import Parquet
internal import Records

/// The columns of a row group of a measured input.
struct MeasuredGroup {
  private let columns: [FlatColumn]
  private let measures: [FlatColumn]
  private let modelRewards: [FlatColumn]

  init(
    _ file: FlatColumns, _ group: Int, _ characteristics: [String], _ models: [RewardModel]
  ) throws(ParquetError) {
    var columns: [FlatColumn] = []
    for column in MeasuredColumn.allCases {
      columns.append(try file.column(column.name, column.type, inGroup: group))
    }
    self.columns = columns
    var measures: [FlatColumn] = []
    for name in characteristics {
      measures.append(try file.column(name, .double, inGroup: group))
    }
    self.measures = measures
    var modelRewards: [FlatColumn] = []
    for model in models {
      modelRewards.append(
        try file.column(MeasuredColumn.name(of: model), .double, inGroup: group))
    }
    self.modelRewards = modelRewards
    let answers = self[.answerFingerprint]
    for column in MeasuredColumn.allCases {
      let isWhole =
        switch column {
        case .row, .promptKeyHigh, .promptKeyLow, .promptFingerprint, .randomDraw, .isTest,
          .isEmptyPrompt:
          !self[column].hasNulls
        case .reward, .hasLoneSurrogate: self[column].hasNulls(like: answers)
        case .source, .dropReason, .model, .answerFingerprint: true
        }
      guard isWhole else { throw .damaged("a value is missing", column: column.name) }
    }
    let names = characteristics + models.map(MeasuredColumn.name(of:))
    for (name, column) in zip(names, measures + modelRewards) {
      guard column.hasNulls(like: answers) else {
        throw .damaged("a value is missing", column: name)
      }
    }
  }

  private subscript(column: MeasuredColumn) -> FlatColumn { columns[column.rawValue] }

  /// What was measured, as these columns tell it.
  func measurements(passThroughCount: Int) throws(ParquetError) -> Measurements {
    var measurements = Measurements(
      characteristicCount: measures.count, passThroughCount: passThroughCount,
      rewardModelCount: modelRewards.count)
    try fillRows(of: &measurements)
    try fillCandidates(of: &measurements)
    return measurements
  }

  private func fillRows(of measurements: inout Measurements) throws(ParquetError) {
    let answers = self[.answerFingerprint]
    let (rows, fingerprints) = (self[.row].numbers, self[.promptFingerprint].numbers)
    let (high, low) = (self[.promptKeyHigh].numbers, self[.promptKeyLow].numbers)
    let (random, isTest) = (self[.randomDraw].numbers, self[.isTest].numbers)
    let isEmpty = self[.isEmptyPrompt].numbers
    var sources = TextCache(self[.source]) { $0 }
    guard let first = rows.first else { return }
    measurements.firstRow = Int(clamping: first)
    var entry: Measurements.RowEntry?
    for place in rows.indices {
      if place == 0 || rows[place] != rows[place - 1] {
        guard place == 0 || rows[place] > rows[place - 1], rows[place] <= Int64.max else {
          throw .damaged("the rows are in disorder", column: MeasuredColumn.row.name)
        }
        if let entry { measurements.rows.append(entry) }
        entry = Measurements.RowEntry(
          place: Int(rows[place] - first),
          key: Fingerprint.Wide(high: high[place], low: low[place]),
          promptFingerprint: fingerprints[place],
          draws: PromptDraws(isTest: isTest[place] != 0, random: random[place]),
          candidateCount: 0, isEmpty: isEmpty[place] != 0, source: sources[place])
      }
      if !answers.isNull(place) { entry?.candidateCount += 1 }
    }
    if let entry { measurements.rows.append(entry) }
  }

  private func fillCandidates(of measurements: inout Measurements) throws(ParquetError) {
    let answers = self[.answerFingerprint]
    let (fingerprints, rewards) = (answers.numbers, self[.reward].numbers)
    let surrogates = self[.hasLoneSurrogate].numbers
    var models = TextCache(self[.model]) { $0 }
    var drops = TextCache(self[.dropReason]) {
      CandidateDrop(rawValue: String(decoding: $0, as: UTF8.self))
    }
    measurements.candidates.reserveCapacity(answers.count)
    measurements.models.reserveCapacity(answers.count)
    for place in fingerprints.indices where !answers.isNull(place) {
      let drop = drops[place]
      guard drop != nil || self[.dropReason].isNull(place) else {
        throw .damaged("the reason is not known", column: MeasuredColumn.dropReason.name)
      }
      measurements.candidates.append(
        Measurements.CandidateEntry(
          reward: Double(bitPattern: rewards[place]), textFingerprint: fingerprints[place],
          drop: drop, hasLoneSurrogate: surrogates[place] != 0))
      measurements.models.append(models[place])
    }
    for (index, column) in measures.enumerated() {
      measurements.measures[index] = values(of: column)
    }
    for (index, column) in modelRewards.enumerated() {
      measurements.modelRewards[index] = values(of: column)
    }
  }

  /// The numbers of a column that are not null.
  private func values(of column: FlatColumn) -> [Double] {
    let numbers = column.numbers
    var values: [Double] = []
    values.reserveCapacity(numbers.count)
    for place in numbers.indices where !column.isNull(place) {
      values.append(Double(bitPattern: numbers[place]))
    }
    return values
  }
}

/// What the texts of a column stand for, each made once as long as they share their place.
private struct TextCache<Value> {
  private let column: FlatColumn
  private let make: ([UInt8]) -> Value?
  private var values: [Int: Value?] = [:]
  private var last: (start: Int, value: Value?)?

  /// More are not kept: so many are not numbered in the file.
  private static var limit: Int { 1 << 12 }

  init(_ column: FlatColumn, _ make: @escaping ([UInt8]) -> Value?) {
    self.column = column
    self.make = make
  }

  /// What a row's text stands for; nil for null.
  subscript(row: Int) -> Value? {
    mutating get {
      guard !column.isNull(row) else { return nil }
      let start = column.places[row].lowerBound
      if let last, last.start == start { return last.value }
      let value = values[start] ?? column.text(row).flatMap(make)
      if values.count < Self.limit { values[start] = value }
      last = (start, value)
      return value
    }
  }
}
