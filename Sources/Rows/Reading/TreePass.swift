package import Ingest
package import JSON
package import Records
internal import Work

/// Reads whole rows as trees, for commands that look at everything that is in a row.
package struct TreePass: Sendable {
  /// A row of a file.
  package struct Row: Sendable {
    /// The row; nil where it is no well-formed object.
    package var tree: JSONValue?
    /// Where the row begins; in Parquet the line is the row's number.
    package var location: SourceLocation
    /// Where the row begins in its chunk, in bytes.
    package var offset = 0
    /// Why there is no tree.
    package var fault: IngestError?

    /// The line that the row begins in, from 1.
    package var line: Int { location.line ?? 1 }
  }

  /// The rows of one chunk.
  package struct Batch: Sendable {
    /// The file's place among the input files.
    package var file: Int
    package var rows: [Row]
    /// The bytes that the chunk takes in its file.
    package var byteCount: Int
  }

  private let framing: FramingOptions
  private let threads: Int

  package init(framing: FramingOptions = FramingOptions(), threads: Int) {
    self.framing = framing
    self.threads = threads
  }

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - isWanted: whether a row of this file and line is to be read; others are left out.
  ///   - summarize: makes something small of a chunk's rows, on any thread.
  ///   - consume: takes the results in the order of the input, on the caller's thread.
  package func run<Summary: Sendable>(
    _ files: [InputFile], where isWanted: (@Sendable (_ file: Int, _ line: Int) -> Bool)? = nil,
    progress: (@Sendable (Int) -> Void)? = nil,
    summarize: @escaping @Sendable (Batch) -> Summary, consume: (Summary) throws -> Void
  ) throws {
    let feeds = FrameFeed.feeds(
      of: files, isDigesting: false, threads: threads, options: framing, progress: progress)
    try OrderedPipeline(threads: threads).run(
      lanes: feeds.enumerated().map { file, feed in
        { try feed.next().map { (file: file, frame: $0) } }
      },
      makeWorker: {
        { (input: (file: Int, frame: Frame)) in
          summarize(
            Batch(
              file: input.file,
              rows: Self.rows(of: input.frame) { isWanted?(input.file, $0) ?? true },
              byteCount: input.frame.byteCount))
        }
      },
      consume: consume)
  }

  private static func rows(of frame: Frame, where isWanted: (Int) -> Bool) -> [Row] {
    switch frame {
    case .chunk(let chunk): rows(of: chunk, where: isWanted)
    case .refused(let row): [Row(tree: nil, location: row.location, fault: row.error)]
    case .empty: []
    }
  }

  private static func rows(of chunk: Chunk, where isWanted: (Int) -> Bool) -> [Row] {
    var rows: [Row] = []
    var position = TextPosition(line: chunk.firstLine, column: chunk.firstColumn)
    var reached = 0
    chunk.forEachRow { base, range in
      position.advance(
        over: UnsafeRawBufferPointer(start: base + reached, count: range.lowerBound - reached))
      reached = range.lowerBound
      guard isWanted(position.line) else { return true }
      var row = Row(
        location: SourceLocation(
          file: chunk.document.name, line: position.line, column: position.column),
        offset: range.lowerBound)
      do throws(JSONFault) {
        row.tree =
          try Rows.Row(
            base: base, start: range.lowerBound, end: range.upperBound, advice: .dataset
          ).parsed()
      } catch {
        var place = position
        place.advance(
          over: UnsafeRawBufferPointer(start: base + reached, count: error.offset - reached))
        row.fault = IngestError(
          .malformedRow, error.message,
          at: SourceLocation(
            file: chunk.document.name, line: place.line, column: place.column),
          hint: "repair the row, or take it out")
      }
      rows.append(row)
      return true
    }
    return rows
  }
}
