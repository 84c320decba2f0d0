package import Columns
package import Ingest
package import Records
internal import Rows

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
    /// What prompts have of each benchmark that they were held against.
    package var benchmarks: [BenchmarkReport] = []
    /// What was noticed about rows as a whole.
    package var observations: Observations
    /// What was read of earlier datasets whose prompts are not used.
    package var excluded: [InputReport]
    /// The input's text, if it was small enough to stay in memory.
    package var resident: ResidentInput?
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

  package var measure: MeasureOptions
  package var errorPolicy: ErrorPolicy
  package var dropsDuplicates: Bool
  package var idConflicts: IDConflictPolicy
  /// Prompts that are not used; nil for none.
  package var excluded: ExcludedPrompts?
  /// How many of the others are used; nil for all.
  package var limit: PromptLimit?
  /// Which prompts nearly repeat others; nil where that does not matter.
  package var nearDuplicates: NearDuplicateRule?
  /// What the prompts are held against; their index is with what is measured.
  package var benchmarks: Benchmarks?
  /// Labelled pairs whose answers are looked for.
  package var labels: [LabelledPair] = []
  package var framing: FramingOptions
  package var threads: Int
  /// How much of the input's text may be kept for the second pass.
  package var resident: ResidentInput.Limit

  package init(
    measure: MeasureOptions, errorPolicy: ErrorPolicy, dropsDuplicates: Bool,
    idConflicts: IDConflictPolicy = .fail, framing: FramingOptions, threads: Int,
    resident: ResidentInput.Limit = .none
  ) {
    self.measure = measure
    self.errorPolicy = errorPolicy
    self.dropsDuplicates = dropsDuplicates
    self.idConflicts = idConflicts
    self.framing = framing
    self.threads = threads
    self.resident = resident
  }

  /// Reads the files.
  ///
  /// - Parameter progress: receives how many bytes of the files have been read, on any thread.
  /// - Throws: ``IngestError`` for the first fault in the order of the input, and whatever the
  ///   observer throws.
  package func run(
    _ files: [InputFile], observer: inout some Observer,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws -> Result {
    let pool = BufferPool(capacity: framing.chunkByteCount, preparesAhead: files.count < threads)
    var builder = TableBuilder(
      CandidateTable(
        characteristicCount: measure.characteristics.count, hasGivenSplit: measure.hasGivenSplit,
        modelLimit: measure.modelLimit, nearDuplicates: nearDuplicates,
        rewardModels: measure.rewardModels),
      passThroughCount: measure.passThroughCount,
      faults: FaultCounter(policy: errorPolicy, files: files, advice: measure.advice),
      keeping: resident.byteCount > 0 ? ResidentInput(resident, pool: pool) : nil)
    let pass = MeasuringPass(
      measure: measure, stopsAtFault: errorPolicy == .fail, framing: framing, threads: threads)
    try pass.run(files, pool: pool, keeps: resident.byteCount > 0, progress: progress) {
      file, event in
      try observer.checkpoint()
      try builder.add(event, file: file, observer: &observer)
    }
    return try builder.finish(
      dropsDuplicates: dropsDuplicates, excluding: excluded, limit: limit, finding: labels,
      benchmarks: benchmarks,
      conflict: idConflicts == .fail ? { try $0.error(in: files, measure, framing) } : nil)
  }
}
