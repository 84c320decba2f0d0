package import Ingest
package import Rows

/// A well-formed row of the input, as it is listed.
package struct ListedRow: Sendable {
  /// The file, by its place among the inputs.
  package var file: Int
  /// How many rows of the file come before; malformed ones are counted, blank ones not.
  package var row: Int
  /// What identifies the prompt, as datasets show it.
  package var promptID: [UInt8]
  /// The number of its first candidate.
  package var firstCandidate: Int
  /// For each candidate its reward, NaN or infinite where it cannot be used.
  package var rewards: [Double]
  /// For each candidate the model that wrote it; nil where the row does not say.
  package var models: [[UInt8]?]
}

/// The second pass where no text is wanted: everything is read again, and every row is listed.
package struct InputListing: Sendable {
  package var schemas: RowSchemas
  package var framing: FramingOptions
  package var threads: Int

  package init(schemas: RowSchemas, framing: FramingOptions, threads: Int) {
    self.schemas = schemas
    self.framing = framing
    self.threads = threads
  }

  private struct ListedFrame: Sendable {
    var file: Int
    var rows: [ListedRow]
    /// How many rows the frame has, malformed ones too.
    var rowCount: Int
  }

  /// Reads the files again.
  ///
  /// - Parameters:
  ///   - inputs: what the first pass read of the same files.
  ///   - frames: for each file the candidates of each of its frames, as the first pass found them.
  ///   - consume: takes rows in the order of the input, on the caller's thread.
  /// - Throws: ``IngestError/Code/inputChanged`` if the files are no longer what they were.
  package func run(
    _ files: [InputFile], of inputs: [InputReport], frames: [[Range<Int>]],
    progress: (@Sendable (Int) -> Void)? = nil, consume: ([ListedRow]) throws -> Void
  ) throws {
    let schemas = schemas
    var (file, rowCount) = (0, 0)
    try SecondPass(framing: framing, threads: threads).run(
      files, of: inputs, frames: frames, resident: nil, progress: progress,
      makeWorker: {
        let reader = RowRereader(schemas: schemas, obstacle: nil)
        return { item in
          switch item {
          case .nothing: return ListedFrame(file: 0, rows: [], rowCount: 0)
          case .refused(let file): return ListedFrame(file: file, rows: [], rowCount: 1)
          case .resident(let texts, let file, let candidates):
            return try Self.frame(of: texts.chunk, file, candidates, by: reader)
          case .chunk(let chunk, let file, let candidates):
            return try Self.frame(of: chunk, file, candidates, by: reader)
          }
        }
      },
      consume: { (frame: ListedFrame) in
        var frame = frame
        if frame.file > file { (file, rowCount) = (frame.file, 0) }
        for index in frame.rows.indices { frame.rows[index].row += rowCount }
        rowCount += frame.rowCount
        try consume(frame.rows)
      })
  }

  private static func frame(
    of chunk: Chunk, _ file: Int, _ candidates: Range<Int>, by reader: RowRereader
  ) throws(IngestError) -> ListedFrame {
    var rows: [ListedRow] = []
    let count = reader.read(chunk, file: file, candidates: candidates) {
      place, row, prompt, source in
      guard !row.candidates.isEmpty else { return }
      rows.append(
        ListedRow(
          file: file, row: place.row, promptID: prompt.shownID, firstCandidate: place.candidate,
          rewards: row.candidates.map(\.reward),
          models: row.candidates.indices.map { row.model(ofCandidate: $0, in: source) }))
    }
    guard let count else { throw SecondPass.changed(chunk.document.name) }
    return ListedFrame(file: file, rows: rows, rowCount: count)
  }
}
