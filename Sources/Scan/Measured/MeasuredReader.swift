internal import Hashing
internal import Ingest
internal import Parquet
internal import Records

/// Reads a measured input back: what measuring it told, a row group at a time.
///
/// `@unchecked Sendable`: one thread at a time uses it.
final class MeasuredReader: @unchecked Sendable {
  private let input: MeasuredInput
  private var incidents: ArraySlice<MeasuredFacts.Incident>
  private var state = State.incidents
  private var candidateCount = 0

  private enum State {
    case incidents
    /// The file is open from its first row group to the last.
    case groups(TypedFile, FlatColumns, next: Int)
    case ended
  }

  init(_ input: MeasuredInput) {
    self.input = input
    incidents = input.facts.incidents[...]
  }

  /// What comes next; nil at the end.
  ///
  /// What was left out comes first and then what was noticed of all rows: between them and the
  /// candidates no order matters.
  func next() throws(IngestError) -> MeasuredEvent? {
    switch state {
    case .incidents:
      switch incidents.popFirst() {
      case .rejected(let row): return .refused(row)
      case .empty(let error): return .empty(error)
      case nil: break
      }
      let file = try TypedFile(path: input.path)
      let columns = try decoding(file) { () throws(ParquetError) in try FlatColumns(file) }
      state = .groups(file, columns, next: 0)
      var noticed = Measurements(
        characteristicCount: input.facts.characteristics.count,
        rewardModelCount: input.facts.rewardModels.count)
      noticed.observations = input.facts.observations
      return .measured(noticed)
    case .groups(let file, let columns, let group) where group < columns.groupCount:
      let measurements = try decoding(file) { () throws(ParquetError) in
        try MeasuredGroup(
          columns, group, input.facts.characteristics, input.facts.rewardModels,
          bandCount: input.facts.bandCount
        ).measurements(passThroughCount: input.facts.observations.passThroughKinds.count)
      }
      candidateCount += measurements.candidates.count
      state = .groups(file, columns, next: group + 1)
      return .measured(measurements)
    case .groups:
      state = .ended
      guard candidateCount == input.facts.candidateCount else {
        throw damaged("it holds \(candidateCount) candidates, not \(input.facts.candidateCount)")
      }
      return .end(input.facts.report, frames: input.facts.frames)
    case .ended: return nil
    }
  }

  private func decoding<Result>(
    _ file: TypedFile, _ read: () throws(ParquetError) -> Result
  ) throws(IngestError) -> Result {
    do throws(ParquetError) {
      return try read()
    } catch {
      throw damaged(file.error(error, .parquet).message)
    }
  }

  private func damaged(_ message: String) -> IngestError {
    IngestError(
      .corrupt, message, at: SourceLocation(file: input.path),
      hint: "remove the file and measure \(input.facts.report.name) again")
  }
}
