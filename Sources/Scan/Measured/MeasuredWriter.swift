internal import Hashing
internal import Parquet
internal import Records

/// Writes what was measured of one input as columns of a Parquet file.
///
/// The bytes depend on the rows alone and not on how the input was cut: a row group ends before the
/// row of the input that finds it full.
final class MeasuredWriter {
  /// Takes bytes of the file.
  typealias Output = (RawSpan) throws -> Void

  private let writer: ParquetWriter
  private var facts: MeasuredFacts
  private var groupCount = 0

  /// Entries after which a row group ends, so that those who read several files at once need little
  /// memory for it.
  private static let fullGroup = 1 << 15

  /// - Parameter measure: what is measured of the input.
  init(_ measure: MeasureOptions, name: String) {
    let characteristics = measure.characteristics.map(\.name)
    facts = MeasuredFacts(
      report: InputReport(name: name, nil, rows: 0),
      observations: Observations(passThroughCount: measure.passThroughCount),
      characteristics: characteristics,
      rewardModels: measure.rewardModels, hasGivenSplit: measure.hasGivenSplit,
      bandCount: measure.promptFilters.bandCount)
    writer = ParquetWriter(
      columns: MeasuredColumn.fields(
        characteristics, measure.rewardModels, bandCount: facts.bandCount),
      options: ParquetWriterOptions(rowGroupByteCount: .max), writer: "dpo-prep")
  }

  /// Takes what comes next of the input.
  func add(_ event: MeasuredEvent, to output: Output) throws {
    switch event {
    case .measured(let measurements):
      facts.observations.merge(measurements.observations)
      facts.incidents += measurements.rejects.map { .rejected($0) }
      try append(measurements, to: output)
    case .refused(let row): facts.incidents.append(.rejected(row))
    case .empty(let error): facts.incidents.append(.empty(error))
    case .end(let report, let frames):
      facts.report = report
      facts.frames = frames
    }
  }

  /// Ends the file.
  func finish(to output: Output) throws -> MeasuredFacts {
    try writer.finish(to: output)
    return facts
  }

  private func append(_ measurements: Measurements, to output: Output) throws {
    var first = 0
    let bandCount = facts.bandCount
    for row in measurements.rows {
      if groupCount >= Self.fullGroup {
        try writer.endRowGroup(to: output)
        groupCount = 0
      }
      let number = Int64(measurements.firstRow + row.place)
      for candidate in 0..<max(row.candidateCount, 1) {
        try writer.append(
          { values in
            Self.write(row, number, to: values)
            Self.write(
              row.candidateCount > 0 ? first + candidate : nil, of: measurements, to: values)
            let verdict = candidate == 0 ? row.verdict : PromptVerdict()
            values.write(verdict, behind: measurements.measures.count, bandCount: bandCount)
          }, to: output)
      }
      first += row.candidateCount
      groupCount += max(row.candidateCount, 1)
    }
  }

  private static func write(
    _ row: Measurements.RowEntry, _ number: Int64, to values: RowEncoder.Row
  ) {
    values[.row].integer(number)
    values[.promptKeyHigh].integer(Int64(bitPattern: row.key.high))
    values[.promptKeyLow].integer(Int64(bitPattern: row.key.low))
    values[.promptFingerprint].integer(Int64(bitPattern: row.promptFingerprint))
    values[.randomDraw].integer(Int64(bitPattern: row.draws.random))
    values[.isTest].bool(row.draws.isTest)
    values[.isEmptyPrompt].bool(row.isEmpty)
    values[.source].text(orNull: row.source)
  }

  /// Writes a candidate's part of a row, or nulls where there is none.
  private static func write(
    _ number: Int?, of measurements: Measurements, to values: RowEncoder.Row
  ) {
    guard let number else {
      let end = MeasuredColumn.allCases.count + measurements.measures.count
      for column in MeasuredColumn.reward.rawValue..<end { values[column].null() }
      return
    }
    let candidate = measurements.candidates[number]
    values[.reward].number(candidate.reward)
    if let drop = candidate.drop {
      values[.dropReason].text(drop.rawValue)
    } else {
      values[.dropReason].null()
    }
    values[.answerFingerprint].integer(Int64(bitPattern: candidate.textFingerprint))
    values[.hasLoneSurrogate].bool(candidate.hasLoneSurrogate)
    values[.model].text(orNull: measurements.models.isEmpty ? nil : measurements.models[number])
    for (index, numbers) in (measurements.measures + measurements.modelRewards).enumerated() {
      values[MeasuredColumn.allCases.count + index].number(numbers[number])
    }
  }
}

extension RowEncoder.Row {
  fileprivate subscript(column: MeasuredColumn) -> ValueAppender { self[column.rawValue] }

  /// Writes what the filters of prompts found.
  fileprivate func write(
    _ verdict: PromptVerdict, behind characteristicCount: Int, bandCount: Int
  ) {
    self[.promptDrop].text(orNull: verdict.drop.map { Array($0.rawValue.utf8) })
    self[.benchmarkMatches].text(
      orNull: verdict.matches.isEmpty ? nil : Array(verdict.matchesText.utf8))
    for band in 0..<bandCount {
      let column = self[MeasuredColumn.allCases.count + characteristicCount + band]
      if verdict.signature.isEmpty {
        column.null()
      } else {
        column.integer(Int64(bitPattern: verdict.signature[band]))
      }
    }
  }
}

extension ValueAppender {
  fileprivate func text(orNull text: [UInt8]?) {
    if let text { self.text(text) } else { null() }
  }
}
