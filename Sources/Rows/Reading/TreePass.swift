internal import Bytes
package import Ingest
package import JSON
package import Records
internal import Work

/// Reads whole rows as trees, for commands that look at everything that is in a row.
package struct TreePass: Sendable {
  /// A row of a file.
  package struct Row: Sendable {
    /// The row; nil where it is not a well-formed object.
    package var tree: JSONValue?
    /// Where the row begins; in Parquet the line is the row's number.
    package var location: SourceLocation
    /// Why there is no tree.
    package var fault: IngestError?
    /// The block of ``TreePass/blockByteCount`` bytes that the row begins in, from 0.
    package var block = 0
    /// Whether there is a blank line right before or after the row.
    package var isBesideBlankLine = false
    /// Whether a text has half of a surrogate pair, which the tree does not tell.
    package var hasLoneSurrogate = false
    /// Whether an object has a name twice, of which the tree keeps one.
    package var repeatsName = false

    /// The line that the row begins in, from 1.
    package var line: Int { location.line ?? 1 }
  }

  /// How a file holds its rows.
  package enum Form: Sendable {
    /// JSON Lines, or Parquet, which is read as such.
    case lines
    /// The elements of a JSON array.
    case array
    /// Comma- or tab-separated values.
    case table
  }

  /// The rows of one chunk.
  package struct Batch: Sendable {
    /// The file's place among the input files.
    package var file: Int
    package var rows: [Row]
    /// How the file holds the rows; nil for a row that was refused, which does not tell.
    package var form: Form?
  }

  /// How many bytes the loader of `datasets` takes at a time, before it ends the line.
  package static let blockByteCount = 10 << 20

  private let framing: FramingOptions
  private let threads: Int

  package init(framing: FramingOptions = FramingOptions(), threads: Int) {
    self.framing = framing
    self.threads = threads
  }

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - isDigesting: whether the summaries have a digest.
  ///   - isWanted: whether a row of this file and line is to be read; others are left out.
  ///   - summarize: makes something small of a chunk's rows, on any thread.
  ///   - consume: takes the results in the order of the input, on the caller's thread.
  /// - Returns: what was read of each file.
  @discardableResult
  package func run<Summary: Sendable>(
    _ files: [InputFile], isDigesting: Bool = false,
    where isWanted: (@Sendable (_ file: Int, _ line: Int) -> Bool)? = nil,
    progress: (@Sendable (Int) -> Void)? = nil,
    summarize: @escaping @Sendable (Batch) -> Summary, consume: (Summary) throws -> Void
  ) throws -> [InputSummary?] {
    let feeds = FrameFeed.feeds(
      of: files, isDigesting: isDigesting, threads: threads, options: framing, progress: progress)
    try OrderedPipeline(threads: threads).run(
      lanes: feeds.enumerated().map { file, feed in
        let cutter = BlockCutter(byteCount: Self.blockByteCount)
        return {
          try feed.next().map {
            Piece(file: file, frame: $0, blocks: cutter.blocks(of: $0))
          }
        }
      },
      makeWorker: {
        { (piece: Piece) in
          summarize(
            Batch(
              file: piece.file,
              rows: Self.rows(of: piece) { isWanted?(piece.file, $0) ?? true },
              form: piece.form))
        }
      },
      consume: consume)
    return feeds.map(\.summary)
  }

  /// A frame on its way to the thread that reads its rows.
  private struct Piece: Sendable {
    var file: Int
    var frame: Frame
    var blocks: [(offset: Int, block: Int)]

    var form: Form? {
      guard case .chunk(let chunk) = frame else { return nil }
      if chunk.rows != nil { return .array }
      return chunk.firstByte == nil ? .table : .lines
    }
  }

  private static func rows(of piece: Piece, where isWanted: (Int) -> Bool) -> [Row] {
    switch piece.frame {
    case .chunk(let chunk): rows(of: chunk, piece.blocks, where: isWanted)
    case .refused(let row):
      [
        Row(
          tree: nil, location: row.location, fault: row.error, block: piece.blocks.last?.block ?? 0)
      ]
    case .empty: []
    }
  }

  private static func rows(
    of chunk: Chunk, _ blocks: [(offset: Int, block: Int)], where isWanted: (Int) -> Bool
  ) -> [Row] {
    var lastEnd = startsBlank(chunk) ? -2 : -1
    var rows: [Row] = []
    var position = TextPosition(line: chunk.firstLine, column: chunk.firstColumn)
    var reached = 0
    chunk.forEachRow { source, range in
      chunk.withBytes { position.advance(over: $0.extracting(reached..<range.lowerBound)) }
      reached = range.lowerBound
      guard isWanted(position.line) else { return true }
      var row = Row(
        location: SourceLocation(
          file: chunk.document.name, line: position.line, column: position.column))
      row.block = blocks.last { $0.offset <= range.lowerBound }?.block ?? 0
      row.isBesideBlankLine = chunk.rows == nil && range.lowerBound > lastEnd + 1
      row.hasLoneSurrogate = chunk.withBytes { hasLoneSurrogate($0.extracting(range)) }
      lastEnd = range.upperBound
      do throws(JSONFault) {
        row.tree =
          try Rows.Row(
            source: source, start: range.lowerBound, end: range.upperBound, advice: .dataset,
            partition: chunk.partition
          ).parsed(repeatsName: &row.repeatsName)
      } catch {
        var place = position
        chunk.withBytes { place.advance(over: $0.extracting(reached..<error.offset)) }
        row.fault = IngestError(
          .malformedRow, error.message,
          at: SourceLocation(
            file: chunk.document.name, line: place.line, column: place.column),
          hint: "repair the row, or take it out")
      }
      rows.append(row)
      return true
    }
    if chunk.rows == nil, !rows.isEmpty, lastEnd + 1 < chunk.byteCount {
      rows[rows.count - 1].isBesideBlankLine = true
    }
    return rows
  }

  /// Whether the text began with blank lines, which framing passes; rows take more bytes than they.
  private static func startsBlank(_ chunk: Chunk) -> Bool {
    guard chunk.rows == nil, let firstByte = chunk.firstByte else { return false }
    return chunk.firstLine > 1 && firstByte <= chunk.firstLine + 2
  }

  /// Whether an escape stands for one half of a surrogate pair without the other.
  private static func hasLoneSurrogate(_ bytes: Span<UInt8>) -> Bool {
    var place = 0
    var expected: Int?
    while let escape = bytes.firstIndex(of: TextByte.backslash, from: place) {
      if let expected, escape != expected { return true }
      place = escape + 2
      let isSurrogate =
        place + 4 <= bytes.count && bytes[escape + 1] == UInt8(ascii: "u")
        && bytes[place] | 0x20 == UInt8(ascii: "d")
      switch isSurrogate ? bytes[place + 1] | 0x20 : 0 {
      // The digits 8 and 9 keep their bit of 0x20; so do a and b with it set.
      case UInt8(ascii: "8"), UInt8(ascii: "9"), UInt8(ascii: "a"), UInt8(ascii: "b"):
        if expected != nil { return true }
        expected = escape + 6
      case UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "f"):
        if expected == nil { return true }
        expected = nil
      default:
        if expected != nil { return true }
      }
    }
    return expected != nil
  }
}
