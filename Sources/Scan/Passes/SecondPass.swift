internal import Ingest
internal import Records
internal import Work

/// A pass over files that were read before: they have to be what they were.
struct SecondPass: Sendable {
  /// What comes next of a file.
  enum Item: Sendable {
    case chunk(Chunk, file: Int, candidates: Range<Int>)
    /// What the first pass left in memory.
    case resident(ResidentChunk, file: Int, candidates: Range<Int>)
    /// A row that was not kept.
    case refused(file: Int)
    case nothing
  }

  let framing: FramingOptions
  let threads: Int

  /// Reads the files again.
  ///
  /// - Parameters:
  ///   - inputs: what the first pass read of the same files.
  ///   - frames: for each file the candidates of each of its frames, as the first pass found them.
  ///   - kept: what the first pass left in memory.
  ///   - makeWorker: gives a function that works on what comes; called once for each thread.
  ///   - consume: takes the results in the order of the input, on the caller's thread.
  /// - Throws: ``IngestError/Code/inputChanged`` if the files are no longer what they were.
  func run<Output: Sendable>(
    _ files: [InputFile], of inputs: [InputReport], frames: [[Range<Int>]],
    resident: ResidentInput?,
    progress: (@Sendable (Int) -> Void)?,
    makeWorker: @escaping @Sendable () -> (Item) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    let feeds = FrameFeed.feeds(
      of: files, isDigesting: false, isReread: true, threads: threads, options: framing,
      progress: progress)
    let lanes = feeds.indices.map { file in
      Lane(file: file, feed: feeds[file], frames: frames[file], resident: resident)
    }
    // What comes of a frame can be as large as the frame, and every open file has a decoder, which
    // takes about a quarter of the time of what follows.
    try OrderedPipeline(
      threads: threads, capacity: threads + 1, ahead: threads + 2, openLanes: threads / 4 + 2
    ).run(
      lanes: lanes.map { lane in { @Sendable in try lane.next() } }, makeWorker: makeWorker,
      consume: consume)
    for (lane, input) in zip(lanes, inputs) {
      if let checksum = lane.checksum, checksum != input.checksum {
        throw Self.changed(input.name)
      }
    }
  }

  /// The error where a file is no longer what it was.
  static func changed(_ file: String) -> IngestError {
    IngestError(
      .inputChanged, "the file changed while it was being read",
      at: SourceLocation(file: file), hint: "run again when nothing writes to it any more")
  }

  /// The frames of a file: those that were not kept are read again.
  ///
  /// `@unchecked Sendable`: one thread at a time uses it, the one that produces the file's frames,
  /// and when all have ended the caller's.
  private final class Lane: @unchecked Sendable {
    private let file: Int
    private let feed: FrameFeed
    private var candidates: ArraySlice<Range<Int>>
    private let start: Int
    /// By their numbers.
    private let resident: [ResidentChunk?]
    private var number = 0

    init(file: Int, feed: FrameFeed, frames: [Range<Int>], resident: ResidentInput?) {
      self.file = file
      self.feed = feed
      candidates = frames[...]
      start = resident?.start(ofFile: file) ?? .max
      self.resident = start == .max ? [] : resident?.frames(ofFile: file) ?? []
    }

    /// The checksum of the file; nil where it was not read, as all of it was kept.
    var checksum: UInt64?? { start == 0 ? nil : .some(feed.summary?.checksum) }

    func next() throws(IngestError) -> Item? {
      defer { number += 1 }
      guard number < start else {
        if number == start, number > 0 { try feed.finishUnread() }
        return try nextKept()
      }
      guard let frame = try feed.next() else { return nil }
      let candidates = try nextCandidates()
      return switch frame {
      case .chunk(let chunk): .chunk(chunk, file: file, candidates: candidates)
      case .refused: .refused(file: file)
      case .empty: .nothing
      }
    }

    private func nextKept() throws(IngestError) -> Item? {
      guard number < resident.count else { return nil }
      let candidates = try nextCandidates()
      guard let texts = resident[number] else { return .nothing }
      return .resident(texts, file: file, candidates: candidates)
    }

    private func nextCandidates() throws(IngestError) -> Range<Int> {
      guard let candidates = candidates.popFirst() else {
        throw SecondPass.changed("input")
      }
      return candidates
    }
  }
}
