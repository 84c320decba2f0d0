package import Ingest
internal import Records
package import Rows
internal import Work

/// The second pass: everything is read again, and the selected texts are copied out.
package struct InputExtraction: Sendable {
  package var schemas: RowSchemas
  /// What made rows malformed in the first pass.
  package var obstacle: RowReader.Obstacle?
  package var selection: TextSelection
  package var framing: FramingOptions
  package var threads: Int

  package init(
    schemas: RowSchemas, obstacle: RowReader.Obstacle?, selection: TextSelection,
    framing: FramingOptions, threads: Int
  ) {
    self.schemas = schemas
    self.obstacle = obstacle
    self.selection = selection
    self.framing = framing
    self.threads = threads
  }

  private enum Item: Sendable {
    case chunk(Chunk, file: Int, candidates: Range<Int>)
    case other
  }

  /// Reads the files again.
  ///
  /// - Parameters:
  ///   - inputs: what the first pass read of the same files.
  ///   - frames: for each file the candidates of each of its frames, as the first pass found them.
  ///   - consume: takes the texts in the order of the input, on the caller's thread; may be called
  ///     with none.
  /// - Throws: ``IngestError/Code/inputChanged`` if the files are no longer what they were.
  package func run(
    _ files: [InputFile], of inputs: [InputReport], frames: [[Range<Int>]],
    progress: (@Sendable (Int) -> Void)? = nil, consume: ([Excerpt]) throws -> Void
  ) throws {
    let feeds = FrameFeed.feeds(
      of: files, isDigesting: false, isReread: true, threads: threads, options: framing,
      progress: progress)
    let (schemas, obstacle, selection) = (schemas, obstacle, selection)
    try OrderedPipeline(threads: threads).run(
      lanes: zip(feeds, frames).enumerated().map { file, lane in
        let (feed, frames) = lane
        let candidates = FrameCandidates(frames)
        return { () -> Item? in
          guard let frame = try feed.next() else { return nil }
          let candidates = try candidates.next()
          guard case .chunk(let chunk) = frame else { return .other }
          return .chunk(chunk, file: file, candidates: candidates)
        }
      },
      makeWorker: {
        let extractor = TextExtractor(
          schemas: schemas, obstacle: obstacle, selection: selection)
        return { item -> [Excerpt] in
          guard case .chunk(let chunk, let file, let candidates) = item else { return [] }
          guard let excerpts = extractor.extract(chunk, file: file, candidates: candidates) else {
            throw Self.changed(chunk.document.name)
          }
          return excerpts
        }
      },
      consume: consume)
    for (feed, input) in zip(feeds, inputs) where feed.summary?.checksum != input.checksum {
      throw Self.changed(input.name)
    }
  }

  private static func changed(_ file: String) -> IngestError {
    IngestError(
      .inputChanged, "the file changed while it was being read",
      at: SourceLocation(file: file), hint: "run again when nothing writes to it any more")
  }

  /// The candidates of a file's frames, one frame after the other.
  ///
  /// `@unchecked Sendable`: one thread at a time uses it, the one that produces the file's frames.
  private final class FrameCandidates: @unchecked Sendable {
    private var rest: ArraySlice<Range<Int>>

    init(_ frames: [Range<Int>]) { rest = frames[...] }

    func next() throws(IngestError) -> Range<Int> {
      guard let candidates = rest.popFirst() else { throw InputExtraction.changed("input") }
      return candidates
    }
  }
}
