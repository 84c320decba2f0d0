internal import Ingest
internal import Records
internal import Rows
internal import Work

/// What measuring files tells, file after file, in the order of their rows.
enum MeasuredEvent: Sendable {
  case measured(Measurements)
  /// A row that is too long to be kept, or unlike its header.
  case refused(RejectedRow)
  /// A document without a row.
  case empty(IngestError)
  /// The file was read to its end; for each of its frames how many candidates it holds.
  case end(InputReport, frames: [Int])
}

/// Files → what their rows hold, as numbers: the part of the first pass that reads.
struct MeasuringPass: Sendable {
  let measure: MeasureOptions
  /// Whether a fault ends the input, so that what stands behind it is of no use.
  let stopsAtFault: Bool
  let framing: FramingOptions
  let threads: Int

  /// How many chunks of later files may be measured for each thread before an earlier one is done.
  ///
  /// Their numbers would come to the table anyway.
  private static let chunksAhead = 256

  /// What a lane hands on: a frame, or the end of its file.
  private enum Item: Sendable {
    case frame(Frame, file: Int)
    case end(InputSummary?, file: Int)
  }

  /// What was counted of the present file.
  private struct Counts {
    var rows = 0
    var frames: [Int] = []
  }

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - pool: the memory of chunks; nil for one of its own.
  ///   - keeps: whether chunks go along with what was measured of them.
  ///   - progress: receives how many bytes of the files have been read, on any thread.
  ///   - consume: takes what was found in the order of the input, on the caller's thread.
  /// - Throws: ``IngestError`` for the first fault of a file in the order of the input, and whatever
  ///   the consumer throws.
  func run(
    _ files: [InputFile], pool: BufferPool? = nil, keeps: Bool = false,
    progress: (@Sendable (Int) -> Void)?, consume: (_ file: Int, MeasuredEvent) throws -> Void
  ) throws {
    let feeds = FrameFeed.feeds(
      of: files, isDigesting: true, threads: threads, options: framing, pool: pool,
      progress: progress)
    let (measure, stopsAtFault) = (measure, stopsAtFault)
    var counts = Counts()
    try OrderedPipeline(threads: threads, ahead: Self.chunksAhead * threads).run(
      lanes: feeds.enumerated().map { file, feed in
        let end = FileEnd()
        return { () -> Item? in
          if let frame = try feed.next() { return .frame(frame, file: file) }
          return end.isNew() ? .end(feed.summary, file: file) : nil
        }
      },
      makeWorker: {
        let measurer = RowMeasurer(
          options: measure, stopsAtFault: stopsAtFault, keeps: keeps)
        return { item -> (file: Int, event: MeasuredEvent) in
          switch item {
          case .frame(.chunk(let chunk), let file):
            (file, .measured(measurer.measure(chunk, file: file)))
          case .frame(.refused(let row), let file):
            (file, .refused(RejectedRow(row, measure.advice)))
          case .frame(.empty(let document), let file): (file, .empty(document.emptyError))
          case .end(let summary, let file):
            // The counts are the consumer's.
            (file, .end(InputReport(name: files[file].displayName, summary, rows: 0), frames: []))
          }
        }
      },
      consume: { (file: Int, event: MeasuredEvent) in
        switch event {
        case .measured(var measurements):
          measurements.firstRow = counts.rows
          counts.rows += measurements.rows.count + measurements.rejects.count
          counts.frames.append(measurements.candidates.count)
          try consume(file, .measured(measurements))
        case .refused:
          counts.rows += 1
          counts.frames.append(0)
          try consume(file, event)
        case .empty(let error):
          guard !stopsAtFault || files[file].mayBeEmpty else { throw error }
          counts.frames.append(0)
          try consume(file, event)
        case .end(var report, _):
          report.rows = counts.rows
          let frames = counts.frames
          counts = Counts()
          try consume(file, .end(report, frames: frames))
        }
      })
  }

  /// Whether the end of a file has been told.
  ///
  /// `@unchecked Sendable`: one thread at a time uses it, the one that produces the file's frames.
  private final class FileEnd: @unchecked Sendable {
    private var isTold = false

    func isNew() -> Bool {
      defer { isTold = true }
      return !isTold
    }
  }
}
