internal import JSON
internal import Records

/// Cuts a table of comma- or tab-separated values into frames: a record becomes a JSON object.
///
/// Where a record takes several lines of the file, so many line ends follow its object. Blank lines
/// are not rows, so the line of a row is its line in the file.
final class TableFramer: FrameSource {
  private let document: DocumentIdentity
  private let options: FramingOptions
  private let pool: BufferPool
  private let makeParser: () throws(IngestError) -> TableParser
  private var parser: TableParser?
  /// For each column what stands before its value; empty before the header was read.
  private var labels: [JSONText] = []
  private var text = JSONText()
  /// The line of the text's first row.
  private var firstLine = 1
  /// A frame behind the rows in the text.
  private var pending: Frame?
  private var isEmpty = true
  private var isAtEnd = false
  /// An error behind rows that are handed out first.
  private var failure: IngestError?

  /// - Parameter pool: The memory of chunks, made for the same options.
  init(
    _ source: BufferedSource, separator: UInt8, document: DocumentIdentity,
    options: FramingOptions, pool: BufferPool
  ) {
    self.document = document
    self.options = options
    self.pool = pool
    makeParser = { () throws(IngestError) in
      try TableParser(source, separator: separator, name: document.name, options: options)
    }
  }

  func next() throws(IngestError) -> Frame? {
    if let frame = pending.take() { return frame }
    if let failure { throw failure }
    guard !isAtEnd else { return nil }
    do throws(IngestError) {
      let parser = try begun()
      while pending == nil, text.count < options.chunkByteCount * 3 / 4 {
        guard try parser.next() else {
          isAtEnd = true
          break
        }
        add(parser)
      }
    } catch {
      failure = error
    }
    if text.count > 0 { return chunk() }
    if let frame = pending.take() { return frame }
    if let failure { throw failure }
    return isEmpty ? .empty(document) : nil
  }

  private func chunk() -> Frame {
    let storage = ByteBuffer(capacity: text.count, from: pool)
    text.withBytes { storage.copyFront(from: $0) }
    storage.pad(after: text.count)
    defer { text.clear() }
    return .chunk(
      Chunk(
        storage, byteCount: text.count, at: TextPosition(line: firstLine), offset: nil,
        of: document, rows: nil))
  }

  // MARK: Records

  private func add(_ parser: TableParser) {
    guard !parser.isBlank else {
      if text.count > 0 { text.append("\n") }
      return
    }
    isEmpty = false
    if parser.isTooLong { return refuse(parser, nil) }
    if let fault = parser.fault { return refuse(parser, fault) }
    guard parser.cellCount == labels.count else {
      let cells = parser.cellCount == 1 ? "1 cell" : "\(parser.cellCount) cells"
      return refuse(parser, "this record has \(cells), but the header has \(labels.count)")
    }
    if text.count == 0 { firstLine = parser.firstLine }
    let start = text.count
    for (cell, label) in zip(parser.cells, labels) {
      label.withBytes { text.append(json: $0) }
      if cell.range.isEmpty, !cell.isQuoted {
        text.append("null")
      } else {
        text.append(string: parser.bytes.span.extracting(cell.range))
      }
    }
    text.append("}")
    guard text.count - start <= options.maximumRowByteCount else {
      text.cut(to: start)
      return refuse(parser, nil)
    }
    for _ in 0..<parser.lineCount { text.append("\n") }
  }

  /// - Parameter misfit: What is wrong; nil for a record that is too long.
  private func refuse(_ parser: TableParser, _ misfit: String?) {
    let ends = [TextByte.newline, TextByte.carriageReturn]
    // The head may be only the beginning of the record, which then does not end here.
    let end = parser.head.count == parser.byteCount ? parser.head.suffix(2) : []
    let endCount = end.reversed().prefix { ends.contains($0) }.count
    pending = .refused(
      RefusedRow(
        document: document,
        location: SourceLocation(file: document.name, line: parser.firstLine, column: 1),
        byteCount: parser.byteCount - endCount, head: parser.head.dropLast(endCount),
        limit: options.maximumRowByteCount, misfit: misfit))
  }

  // MARK: The header

  private func begun() throws(IngestError) -> TableParser {
    if let parser { return parser }
    let parser = try makeParser()
    self.parser = parser
    repeat {
      guard try parser.next() else {
        isAtEnd = true
        return parser
      }
    } while parser.isBlank
    if parser.isTooLong {
      throw malformed(
        "the header has more bytes than the limit of a row, \(options.maximumRowByteCount)",
        at: parser, hint: "is a quotation mark missing?")
    }
    if let fault = parser.fault {
      throw malformed(
        fault, at: parser, hint: "inside a quoted cell a quotation mark is written twice")
    }
    guard parser.cellCount <= TableParser.cellLimit else {
      throw malformed(
        "the header has \(parser.cellCount) cells, more than \(TableParser.cellLimit)", at: parser,
        hint: "is the separator another one? files named .csv have commas, .tsv tabs")
    }
    try readNames(parser)
    return parser
  }

  private func readNames(_ parser: TableParser) throws(IngestError) {
    var places: [[UInt8]: Int] = [:]
    for (place, cell) in parser.cells.enumerated() {
      let name = Array(parser.bytes[cell.range])
      let text = String(decoding: name, as: UTF8.self)
      guard !name.isEmpty else {
        throw malformed(
          "cell \(place + 1) of the header is empty, so the column has no name", at: parser,
          hint: "name it; pandas leaves out its unnamed index with `to_csv(FILE, index=False)`")
      }
      guard Array(text.utf8) == name else {
        throw malformed(
          "cell \(place + 1) of the header is not UTF-8", at: parser,
          hint: "convert the file, for example with `iconv -f LATIN1 -t UTF-8 FILE`")
      }
      if let earlier = places.updateValue(place, forKey: name) {
        throw malformed(
          "cells \(earlier + 1) and \(place + 1) of the header are both \"\(text)\"", at: parser,
          hint: "give each column a name of its own")
      }
      var label = JSONText()
      label.append(place == 0 ? "{" : ", ")
      label.append(string: name)
      label.append(": ")
      labels.append(label)
    }
  }

  private func malformed(_ message: String, at parser: TableParser, hint: String) -> IngestError {
    IngestError(
      .malformedTable, message,
      at: SourceLocation(file: document.name, line: parser.firstLine, column: 1), hint: hint)
  }
}
