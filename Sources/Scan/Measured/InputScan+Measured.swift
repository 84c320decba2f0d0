internal import Clean
package import Ingest
internal import Records
internal import Work

/// The first pass in two steps with files between: inputs are measured each by itself, anywhere and
/// in any order, and what was measured becomes one table.
extension InputScan {
  /// Measures one input, whose layout ``measure`` has, and writes its columns as a Parquet file.
  ///
  /// - Parameters:
  ///   - progress: receives how many bytes of the input have been read, on any thread.
  ///   - output: takes the bytes of the file.
  /// - Returns: What else is known of the input.
  /// - Throws: ``IngestError`` for the first fault of the input, and whatever the observer or the
  ///   output throws.
  package func measure(
    _ file: InputFile, observer: inout some Observer, progress: (@Sendable (Int) -> Void)? = nil,
    to output: (RawSpan) throws -> Void
  ) throws -> MeasuredFacts {
    let writer = MeasuredWriter(measure, name: file.displayName)
    var faults = FaultCounter(policy: errorPolicy, files: [file], advice: measure.advice)
    let pass = MeasuringPass(
      measure: measure, stopsAtFault: errorPolicy == .fail, framing: framing, threads: threads)
    try pass.run([file], progress: progress) { _, event in
      try observer.checkpoint()
      switch event {
      case .measured(let measurements):
        for row in measurements.rejects { try faults.count(row, observer: &observer) }
      case .refused(let row): try faults.count(row, observer: &observer)
      case .empty(let error): observer.didMeetEmpty(error.diagnostic)
      case .end: break
      }
      try writer.add(event, to: output)
    }
    return try writer.finish(to: output)
  }

  /// Puts the table together of measured inputs: the result is that of reading them all at once.
  ///
  /// Some files are decoded ahead at the same time, some row groups of each. Of the options of
  /// measuring only the limit of models counts: the others have had their effect.
  ///
  /// - Parameter inputs: all inputs in their order, measured by the same options.
  /// - Throws: ``IngestError`` where a file is damaged, or for what is wrong with all inputs together.
  package func run(
    _ inputs: [MeasuredInput], observer: inout some Observer
  ) throws -> Result {
    let first = inputs.first?.facts
    for input in inputs
    where input.facts.characteristics != first?.characteristics
      || input.facts.bandCount != nearDuplicates?.shape.bands ?? 0
    {
      throw IngestError(
        .corrupt, "this file was measured by other settings than the first",
        at: SourceLocation(file: input.path), hint: "measure all inputs by the same settings")
    }
    let rewardModels = inputs.first { $0.facts.candidateCount > 0 }?.facts.rewardModels ?? []
    for input in inputs
    where input.facts.rewardModels != rewardModels && input.facts.candidateCount > 0 {
      throw IngestError.otherRewardModels(
        input.facts.rewardModels, thanFirst: rewardModels, in: input.facts.report.name)
    }
    let files = inputs.map { input in
      InputFile(
        path: input.facts.report.name, displayName: input.facts.report.name,
        byteCount: input.facts.report.byteCount)
    }
    var builder = TableBuilder(
      CandidateTable(
        characteristicCount: first?.characteristics.count ?? 0,
        hasGivenSplit: inputs.contains { $0.facts.hasGivenSplit }, modelLimit: measure.modelLimit,
        nearDuplicates: nearDuplicates, rewardModels: rewardModels),
      passThroughCount: first?.observations.passThroughKinds.count ?? 0,
      faults: FaultCounter(policy: errorPolicy, files: files, advice: measure.advice))
    try OrderedPipeline(threads: threads, ahead: Self.groupsAhead * threads).run(
      lanes: inputs.enumerated().map { number, input in
        let reader = MeasuredReader(input)
        return { try reader.next().map { (file: number, event: $0) } }
      },
      makeWorker: { { $0 } },
      consume: { (file: Int, event: MeasuredEvent) in
        try observer.checkpoint()
        try builder.add(event, file: file, observer: &observer)
      })
    return try builder.finish(
      dropsDuplicates: dropsDuplicates, excluding: excluded, limit: limit, finding: labels,
      benchmarks: benchmarks,
      conflict: idConflicts == .fail
        ? { $0.error(inFilesNamed: files.map(\.displayName)) } : nil)
  }

  /// How many row groups of later files may wait decoded for each thread.
  private static let groupsAhead = 2
}
