package import Columns
package import Ingest
package import Records
internal import Rows
internal import Work

/// The first pass: everything is read once, and compact columns remain.
package struct InputScan: Sendable {
  /// What happens at a malformed row.
  package enum ErrorPolicy: Equatable, Sendable {
    case fail
    /// It is passed over, unless there are more than this many.
    case skip(limit: Int)
  }

  /// What the pass found.
  package struct Result: Sendable {
    package var table: CandidateTable
    package var groups: CandidateGroups
    package var inputs: [InputReport]
    /// For each file the candidates of each of its frames: the second pass finds its place by it.
    package var frames: [[Range<Int>]]
    /// What was noticed about rows as a whole.
    package var observations: Observations
    /// The input's text, if it was small enough to stay in memory.
    package var kept: KeptInput?
  }

  /// What the pass tells its caller while it runs, on the caller's thread.
  package protocol Observer {
    /// A row was passed over.
    mutating func didReject(_ row: RejectedRow) throws
    /// A document holds no row.
    mutating func didMeetEmpty(_ diagnostic: Diagnostic)
    /// Called often; throws to end the pass.
    func checkpoint() throws
  }

  private enum Output: Sendable {
    case measured(Measurements)
    case refused(RefusedRow)
    case empty(IngestError)
  }

  package var measure: MeasureOptions
  package var errorPolicy: ErrorPolicy
  package var dropsDuplicates: Bool
  package var idConflicts: IDConflictPolicy
  /// Labelled pairs whose answers are looked for.
  package var labels: [LabelledPair] = []
  package var framing: FramingOptions
  package var threads: Int
  /// How many bytes of memory the input's text may take to be kept for the second pass.
  package var keptBytes: Int

  /// How many chunks of a file may be measured before the files before it are done.
  ///
  /// Their numbers would come to the table anyway.
  private static let chunksAhead = 256

  package init(
    measure: MeasureOptions, errorPolicy: ErrorPolicy, dropsDuplicates: Bool,
    idConflicts: IDConflictPolicy = .fail, framing: FramingOptions, threads: Int, keptBytes: Int
  ) {
    self.measure = measure
    self.errorPolicy = errorPolicy
    self.dropsDuplicates = dropsDuplicates
    self.idConflicts = idConflicts
    self.framing = framing
    self.threads = threads
    self.keptBytes = keptBytes
  }

  /// Reads the files.
  ///
  /// - Parameter progress: is told how many bytes of the files have been read, on any thread.
  /// - Throws: ``IngestError`` for the first fault in the order of the input, and whatever the
  ///   observer throws.
  package func run(
    _ files: [InputFile], observer: inout some Observer,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws -> Result {
    let feeds = FrameFeed.feeds(
      of: files, isDigesting: true, threads: threads, options: framing, progress: progress)
    let stopsAtFault = errorPolicy == .fail
    let measure = measure
    var table = CandidateTable(
      characteristicCount: measure.characteristics.count, hasGivenSplit: measure.hasGivenSplit,
      modelLimit: measure.modelLimit)
    var rows = [Int](repeating: 0, count: files.count)
    var frames = [[Range<Int>]](repeating: [], count: files.count)
    var observations = Observations(keptCount: measure.schemas.distinct[0].kept.count)
    var faults = FaultCounter(policy: errorPolicy, files: files)
    // What is larger even compressed need not be tried.
    let compressedBytes = files.reduce(0) { $0 + ($1.byteCount ?? 0) }
    let allowance = compressedBytes <= keptBytes ? MemoryAllowance(byteCount: keptBytes) : nil
    var kept = allowance == nil ? nil : KeptInput(schemas: measure.schemas)

    try OrderedPipeline(threads: threads, ahead: Self.chunksAhead).run(
      lanes: feeds.enumerated().map { file, feed in
        { try feed.next().map { (file: file, frame: $0) } }
      },
      makeWorker: {
        let measurer = RowMeasurer(
          options: measure, stopsAtFault: stopsAtFault, keeping: allowance)
        return { (input: (file: Int, frame: Frame)) -> (file: Int, output: Output) in
          let output: Output =
            switch input.frame {
            case .chunk(let chunk): .measured(measurer.measure(chunk, file: input.file))
            case .refused(let row): .refused(row)
            case .empty(let document): .empty(document.emptyError)
            }
          return (input.file, output)
        }
      },
      consume: { (file: Int, output: Output) in
        try observer.checkpoint()
        let firstCandidate = table.candidateCount
        defer { frames[file].append(firstCandidate..<table.candidateCount) }
        switch output {
        case .measured(let measurements):
          for row in measurements.rejects { try faults.count(row, observer: &observer) }
          rows[file] += measurements.rows.count + measurements.rejects.count
          observations.merge(measurements.observations)
          if let texts = measurements.texts {
            kept?.append(texts, file: file, firstCandidate: firstCandidate)
          } else {
            kept = nil
          }
          try table.append(measurements)
        case .refused(let row):
          try faults.count(RejectedRow(row), observer: &observer)
          rows[file] += 1
          table.countRejectedRow()
        case .empty(let error):
          guard errorPolicy != .fail || files[file].mayBeEmpty else { throw error }
          observer.didMeetEmpty(error.diagnostic)
        }
      })
    try faults.requireRows(table.ledger)
    if idConflicts == .fail, let key = table.firstConflict {
      throw try IDConflict(key: key, count: table.conflictCount).error(in: files, measure, framing)
    }
    let groups = table.finish(dropsDuplicates: dropsDuplicates, finding: labels)
    let inputs = zip(feeds, rows).enumerated().map { index, read in
      InputReport(name: files[index].displayName, read.0.summary, rows: read.1)
    }
    return Result(
      table: table, groups: groups, inputs: inputs, frames: frames, observations: observations,
      kept: kept)
  }
}
