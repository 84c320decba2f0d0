package import Records

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
    /// The number of each frame's first candidate: the second pass finds its place by it.
    package var frameStarts: [Int]
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
    case measured(Measurements, file: Int)
    case oversized(OversizedRow)
    case empty(IngestError)
  }

  package var measure: MeasureOptions
  package var errorPolicy: ErrorPolicy
  package var dropsDuplicates: Bool
  package var maximumRowBytes: Int
  package var threads: Int

  package init(
    measure: MeasureOptions, errorPolicy: ErrorPolicy, dropsDuplicates: Bool,
    maximumRowBytes: Int, threads: Int
  ) {
    self.measure = measure
    self.errorPolicy = errorPolicy
    self.dropsDuplicates = dropsDuplicates
    self.maximumRowBytes = maximumRowBytes
    self.threads = threads
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
    let feed = FrameFeed(files, maximumRowBytes: maximumRowBytes, progress: progress)
    let stopsAtFault = errorPolicy == .fail
    let measure = measure
    var table = CandidateTable(characteristicCount: measure.schema.characteristics.count)
    var rows = [Int](repeating: 0, count: files.count)
    var frameStarts: [Int] = []
    var faults = FaultCounter(policy: errorPolicy, files: files)

    try OrderedPipeline(threads: threads).run(
      produce: { try feed.next() },
      makeWorker: {
        let measurer = RowMeasurer(options: measure, stopsAtFault: stopsAtFault)
        return { frame in
          switch frame {
          case .chunk(let chunk): .measured(measurer.measure(chunk), file: chunk.document.fileIndex)
          case .oversized(let row): Output.oversized(row)
          case .empty(let document): .empty(document.emptyError)
          }
        }
      },
      consume: { (output: Output) in
        try observer.checkpoint()
        frameStarts.append(table.candidateCount)
        switch output {
        case .measured(let measurements, let file):
          for row in measurements.rejects { try faults.count(row, observer: &observer) }
          rows[file] += measurements.rows.count + measurements.rejects.count
          try table.append(measurements)
        case .oversized(let row):
          try faults.count(RejectedRow(row), observer: &observer)
          rows[row.document.fileIndex] += 1
          table.countRejectedRow()
        case .empty(let error):
          guard errorPolicy != .fail else { throw error }
          observer.didMeetEmpty(error.diagnostic)
        }
      })
    try faults.requireRows(table.ledger)
    let groups = table.finish(dropsDuplicates: dropsDuplicates)
    let inputs = files.indices.map { index in
      InputReport(name: files[index].displayName, feed.summaries[index], rows: rows[index])
    }
    return Result(table: table, groups: groups, inputs: inputs, frameStarts: frameStarts)
  }
}
