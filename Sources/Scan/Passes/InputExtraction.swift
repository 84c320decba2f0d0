package import Ingest
internal import Records
package import Rows

/// The second pass of a dataset: everything is read again, or taken from memory where it was kept, and
/// the selected texts are copied out.
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

  /// Reads the files again.
  ///
  /// - Parameters:
  ///   - inputs: what the first pass read of the same files.
  ///   - frames: for each file the candidates of each of its frames, as the first pass found them.
  ///   - kept: what the first pass left in memory.
  ///   - makeWorker: gives a function that works on the texts of a frame, in the order of the
  ///     input; called once for each thread.
  ///   - consume: takes the results in the order of the input, on the caller's thread.
  /// - Throws: ``IngestError/Code/inputChanged`` if the files are no longer what they were.
  package func run<Output: Sendable>(
    _ files: [InputFile], of inputs: [InputReport], frames: [[Range<Int>]],
    resident: ResidentInput? = nil, progress: (@Sendable (Int) -> Void)? = nil,
    makeWorker: @escaping @Sendable () -> ([Excerpt]) throws -> Output,
    consume: (Output) throws -> Void
  ) throws {
    let (schemas, obstacle, selection) = (schemas, obstacle, selection)
    try SecondPass(framing: framing, threads: threads).run(
      files, of: inputs, frames: frames, resident: resident, progress: progress,
      makeWorker: {
        let extractor = TextExtractor(
          schemas: schemas, obstacle: obstacle, selection: selection)
        let work = makeWorker()
        return { item in
          switch item {
          case .refused, .nothing: return try work([])
          case .resident(let texts, let file, let candidates):
            return try work(extractor.extract(texts, file: file, candidates: candidates))
          case .chunk(let chunk, let file, let candidates):
            guard let excerpts = extractor.extract(chunk, file: file, candidates: candidates)
            else { throw SecondPass.changed(chunk.document.name) }
            return try work(excerpts)
          }
        }
      },
      consume: consume)
  }

  /// Reads the files again.
  ///
  /// - Parameter consume: takes the texts in the order of the input, on the caller's thread; may be
  ///   called with none.
  package func run(
    _ files: [InputFile], of inputs: [InputReport], frames: [[Range<Int>]],
    resident: ResidentInput? = nil, progress: (@Sendable (Int) -> Void)? = nil,
    consume: ([Excerpt]) throws -> Void
  ) throws {
    try run(
      files, of: inputs, frames: frames, resident: resident, progress: progress,
      makeWorker: { { $0 } },
      consume: consume)
  }
}
