internal import Columns
internal import Ingest
internal import Records
internal import Rows

/// What was measured of all files → the table of candidates and what goes with it: the part of the
/// first pass that puts together.
struct TableBuilder {
  private(set) var table: CandidateTable
  private var inputs: [InputReport] = []
  private var frames: [[Range<Int>]] = []
  private var observations: Observations
  private var faults: FaultCounter
  private var resident: ResidentInput?
  /// Where an id first stood with another prompt.
  private var firstConflict: (file: Int, row: Int)?
  /// The number of the present file's first candidate.
  private var firstOfFile = 0

  /// - Parameters:
  ///   - table: without candidates still.
  ///   - passThroughCount: how many fields pass through.
  ///   - kept: where the input's text stays, empty still; nil where it does not.
  init(
    _ table: CandidateTable, passThroughCount: Int, faults: FaultCounter,
    keeping resident: ResidentInput? = nil
  ) {
    self.table = table
    self.faults = faults
    self.resident = resident
    observations = Observations(passThroughCount: passThroughCount)
  }

  /// Takes what comes next of a file; files come one after the other.
  mutating func add(
    _ event: MeasuredEvent, file: Int, observer: inout some InputScan.Observer
  ) throws {
    switch event {
    case .measured(let measurements):
      for row in measurements.rejects { try faults.count(row, observer: &observer) }
      observations.merge(measurements.observations)
      let hadConflict = table.firstConflict != nil
      try table.append(measurements)
      if !hadConflict, let place = table.firstConflict?.place {
        firstConflict = (file, measurements.firstRow + place)
      }
      keep(measurements.texts, of: file)
    case .refused(let row):
      try faults.count(row, observer: &observer)
      table.countRejectedRow()
      keep(nil, of: file)
    case .empty(let error):
      observer.didMeetEmpty(error.diagnostic)
      keep(nil, of: file)
    case .end(let report, let counts):
      inputs.append(report)
      frames.append(
        counts.map { count in
          defer { firstOfFile += count }
          return firstOfFile..<(firstOfFile + count)
        })
    }
  }

  private mutating func keep(_ texts: ResidentChunk?, of file: Int) {
    resident?.append(texts, file: file, isScattered: !table.isGrouped)
  }

  /// The result, once the last file has ended.
  ///
  /// - Parameters:
  ///   - excluded: prompts that are not used; nil for none.
  ///   - limit: how many of the others are used; nil for all.
  ///   - labels: labelled pairs whose answers are looked for.
  ///   - benchmarks: what the prompts were held against.
  ///   - conflict: the error for ids that stand with different prompts; nil where they are none.
  consuming func finish(
    dropsDuplicates: Bool, excluding excluded: ExcludedPrompts?, limit: PromptLimit?,
    finding labels: [LabelledPair], benchmarks: Benchmarks?,
    conflict: ((IDConflict) throws -> IngestError)?
  ) throws -> InputScan.Result {
    try faults.requireRows(table.ledger)
    if let conflict, let key = table.firstConflict?.key, let place = firstConflict {
      throw try conflict(
        IDConflict(key: key, count: table.conflictCount, file: place.file, row: place.row))
    }
    let groups = table.finish(
      dropsDuplicates: dropsDuplicates, excluding: excluded, limit: limit, finding: labels)
    return InputScan.Result(
      table: table, groups: groups, inputs: inputs, frames: frames,
      benchmarks: benchmarks?.reports(of: table.benchmarkMatches) ?? [],
      observations: observations, excluded: excluded?.inputs ?? [], resident: resident)
  }
}
