internal import Records

/// The second pass: everything is read again, and the selected texts are copied out.
package struct InputExtraction: Sendable {
  package var schema: RowSchema
  package var selection: TextSelection
  package var maximumRowBytes: Int
  package var threads: Int

  package init(
    schema: RowSchema, selection: TextSelection, maximumRowBytes: Int, threads: Int
  ) {
    self.schema = schema
    self.selection = selection
    self.maximumRowBytes = maximumRowBytes
    self.threads = threads
  }

  private enum Item: Sendable {
    case chunk(Chunk, candidates: Range<Int>)
    case other
  }

  /// Reads the files again.
  ///
  /// - Parameters:
  ///   - scan: what the first pass found in the same files.
  ///   - consume: takes the texts in the order of the input, on the caller's thread; may be called
  ///     with none.
  /// - Throws: ``IngestError/Code/inputChanged`` if the files are no longer what they were.
  package func run(
    _ files: [InputFile], after scan: InputScan.Result,
    progress: (@Sendable (Int) -> Void)? = nil, consume: ([Excerpt]) throws -> Void
  ) throws {
    let feed = FrameFeed(files, maximumRowBytes: maximumRowBytes, progress: progress)
    let starts = FrameStarts(scan.frameStarts + [scan.table.candidateCount])
    let (schema, selection) = (schema, selection)
    try OrderedPipeline(threads: threads).run(
      produce: { () -> Item? in
        guard let frame = try feed.next() else { return nil }
        let candidates = try starts.next()
        guard case .chunk(let chunk) = frame else { return .other }
        return .chunk(chunk, candidates: candidates)
      },
      makeWorker: {
        let extractor = TextExtractor(schema: schema, selection: selection)
        return { item -> [Excerpt] in
          guard case .chunk(let chunk, let candidates) = item else { return [] }
          guard let excerpts = extractor.extract(chunk, candidates: candidates) else {
            throw Self.changed(chunk.document.name)
          }
          return excerpts
        }
      },
      consume: consume)
    for (index, input) in scan.inputs.enumerated()
    where feed.summaries[index].digest != input.digest {
      throw Self.changed(input.name)
    }
  }

  private static func changed(_ file: String) -> IngestError {
    IngestError(
      .inputChanged, "the file changed while it was being read",
      at: SourceLocation(file: file), hint: "run again when nothing writes to it any more")
  }

  /// The numbers of the frames' candidates, one frame after the other.
  ///
  /// `@unchecked Sendable`: only the pipeline's producer uses it.
  private final class FrameStarts: @unchecked Sendable {
    private let starts: [Int]
    private var frame = 0

    init(_ starts: [Int]) { self.starts = starts }

    func next() throws(IngestError) -> Range<Int> {
      guard frame + 1 < starts.count else { throw InputExtraction.changed("input") }
      defer { frame += 1 }
      return starts[frame]..<starts[frame + 1]
    }
  }
}
