internal import Bytes
package import JSON
package import Records

/// Whole rows of a text, to be parsed on any thread.
package struct Chunk: Sendable {
  /// This many bytes can be read behind the content, so that wide loads need no special end.
  package static let paddingCount = JSONScanner.paddingCount

  /// The text that the rows come from.
  package let document: DocumentIdentity
  /// How many bytes of content there are, padding not counted.
  package let byteCount: Int
  /// The line of the first byte in the decompressed text, from 1.
  package let firstLine: Int
  /// The column of the first byte, in bytes from 1.
  package let firstColumn: Int
  /// How many bytes of the decompressed text are before the first byte; nil in a table, whose rows
  /// are not the bytes of the text.
  package let firstByte: Int?
  /// Where the rows are, if they are elements of a JSON array.
  ///
  /// Elements may span lines, and what lies between them belongs to no row. nil means JSON
  /// Lines: each line is a row, blank lines are none, and the last one may lack its line feed.
  package let rows: [Range<Int>]?
  /// Where, behind the content, the columns stand that the file's path gives to every row.
  ///
  /// They are an object as JSON. A row that has such a field itself keeps its own.
  package private(set) var partition: Range<Int>?
  private var storage: ByteBuffer

  init(
    _ storage: ByteBuffer, byteCount: Int, at position: TextPosition, offset: Int?,
    of document: DocumentIdentity, rows: [Range<Int>]?
  ) {
    self.storage = storage
    self.byteCount = byteCount
    self.document = document
    self.rows = rows
    firstLine = position.line
    firstColumn = position.column
    firstByte = offset
  }

  /// The same rows, with columns that all of them have.
  func with(partition json: [UInt8]) -> Chunk {
    var chunk = self
    let end = byteCount + json.count
    if storage.capacity < end { chunk.storage = storage.copy(of: byteCount, capacity: end) }
    _ = chunk.storage.write(from: byteCount) { $0.append(copying: json.span) }
    chunk.storage.pad(after: end)
    chunk.partition = byteCount..<end
    return chunk
  }

  /// Gives access to the content.
  package func withBytes<Result: ~Copyable, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try storage.withBytes(0..<byteCount, body)
  }

  /// Gives access to the content and the partition, with their padding.
  package func withText<Result>(_ body: (PaddedBytes) -> Result) -> Result {
    let end = partition?.upperBound ?? byteCount
    return storage.withBytes(0..<(end + Self.paddingCount)) { PaddedBytes.with($0, body) }
  }

  /// The place of a byte of the content in its file.
  ///
  /// - Parameter offset: From 0; `byteCount` is the place behind the last byte.
  /// - Complexity: O(*offset*), since it counts line feeds.
  package func location(ofByte offset: Int) -> SourceLocation {
    var position = TextPosition(line: firstLine, column: firstColumn)
    storage.withBytes(0..<offset) { position.advance(over: $0) }
    return SourceLocation(file: document.name, line: position.line, column: position.column)
  }
}

/// A row that is not kept: longer than the limit, or of a table and unlike its header.
package struct RefusedRow: Sendable {
  package let document: DocumentIdentity
  /// Where the row begins.
  package let location: SourceLocation
  /// How long it is, its line feed not counted.
  package let byteCount: Int
  /// Its first bytes.
  package let head: [UInt8]
  /// The limit in bytes that it breaks.
  package let limit: Int
  /// What is wrong with a row that is not too long.
  package var misfit: String?

  /// The row as an error.
  package var error: IngestError {
    if let misfit {
      return IngestError(
        .malformedRow, misfit, at: location,
        hint:
          "is a separator or a quotation mark missing, or one too many? Cells that hold them are "
          + "written in quotation marks, and a quotation mark in a cell is written twice")
    }
    return IngestError(
      .rowTooLong, "this row has \(byteCount) bytes, more than the limit of \(limit)",
      at: location, hint: "is a line feed missing between two rows?", limit: "input.max_row")
  }
}

/// What reading an input file yields, piece by piece.
package enum Frame: Sendable {
  case chunk(Chunk)
  case refused(RefusedRow)
  /// A text without anything but white space.
  case empty(DocumentIdentity)
}

extension DocumentIdentity {
  /// A text without rows as an error.
  package var emptyError: IngestError {
    IngestError(
      .empty, "this file is empty", at: SourceLocation(file: name),
      hint: "remove it from the input, or find out why nothing was written to it")
  }
}
