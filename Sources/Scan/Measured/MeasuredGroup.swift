internal import Hashing
internal import Parquet
internal import Records

/// The columns of a row group of a measured input.
struct MeasuredGroup {
  private let columns: [FlatColumn]
  private let measures: [FlatColumn]
  /// For each band of signatures its column.
  private let signatures: [FlatColumn]
  private let modelRewards: [FlatColumn]

  init(
    _ file: FlatColumns, _ group: Int, _ characteristics: [String], _ models: [RewardModel],
    bandCount: Int
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
    var signatures: [FlatColumn] = []
    for band in 0..<bandCount {
      let name = MeasuredColumn.signatureName(ofBand: band)
      signatures.append(try file.column(name, .int64, inGroup: group))
      guard signatures[band].hasNulls(like: signatures[0]) else {
        throw .damaged("a value is missing", column: name)
      }
    }
    self.signatures = signatures
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
        case .source, .promptDrop, .benchmarkMatches, .dropReason, .model, .answerFingerprint:
          true
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
          candidateCount: 0, isEmpty: isEmpty[place] != 0, source: sources[place],
          verdict: try verdict(at: place))
      }
      if !answers.isNull(place) { entry?.candidateCount += 1 }
    }
    if let entry { measurements.rows.append(entry) }
  }

  /// What the filters of prompts found of the row that begins at a place.
  private func verdict(at place: Int) throws(ParquetError) -> PromptVerdict {
    var verdict = PromptVerdict()
    if let text = self[.promptDrop].text(place) {
      guard let drop = PromptDrop(rawValue: String(decoding: text, as: UTF8.self)) else {
        throw .damaged("the reason is not known", column: MeasuredColumn.promptDrop.name)
      }
      verdict.drop = drop
    }
    if let text = self[.benchmarkMatches].text(place) {
      guard let matches = PromptVerdict.matches(of: String(decoding: text, as: UTF8.self)) else {
        throw .damaged("these are no matches", column: MeasuredColumn.benchmarkMatches.name)
      }
      verdict.matches = matches
    }
    if let first = signatures.first, !first.isNull(place) {
      verdict.signature = signatures.map { $0.numbers[place] }
    }
    return verdict
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
