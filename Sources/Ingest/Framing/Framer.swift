internal import Bytes
internal import Records

/// Cuts one text into frames of whole rows.
///
/// The frames depend on the sizes in the options, the rows and their places do not, and neither
/// depends on how many bytes the source yields at a time.
final class Framer: FrameSource {
  private enum Mode {
    case start, lines, array, ended
  }

  private let document: DocumentIdentity
  private let options: FramingOptions
  private let sharesText: Bool
  private var buffer: RowBuffer
  private var mode = Mode.start
  /// How much of the buffer is known to hold no line feed, or has been scanned for elements.
  private var scannedCount = 0
  private var scanner = ElementScanner()
  /// An error behind rows that are handed out first.
  private var failure: IngestError?

  /// - Parameters:
  ///   - pool: The memory of chunks, made for the same options.
  ///   - sharesText: Whether nothing is written behind the rows of a chunk, so that the source may
  ///     refer back to what stands there.
  init(
    _ source: any ByteSource, document: DocumentIdentity, options: FramingOptions,
    pool: BufferPool, sharesText: Bool = false
  ) {
    self.document = document
    self.options = options
    self.sharesText = sharesText
    buffer = RowBuffer(source, pool: pool)
  }

  /// The next rows; nil at the end of the text.
  func next() throws(IngestError) -> Frame? {
    if let failure { throw failure }
    if mode == .start {
      try skipMarkAndBlanks()
      guard buffer.count > 0 else {
        mode = .ended
        return .empty(document)
      }
      mode =
        try passEnvelope() || buffer.withBytes({ $0[0] == UInt8(ascii: "[") }) ? .array : .lines
      if mode == .lines, sharesText { buffer.shareText() }
    }
    return switch mode {
    case .lines: try nextLines()
    case .array: try nextElements()
    case .start, .ended: nil
    }
  }

  // MARK: The beginning

  private func skipMarkAndBlanks() throws(IngestError) {
    try buffer.fill(upTo: TextEncoding.prefixCount)
    let hasMark = try buffer.withBytes { (bytes) throws(IngestError) in
      try TextEncoding.refuseWide(bytes, name: document.name)
      return bytes.holds(TextEncoding.mark)
    }
    if hasMark { buffer.discard(TextEncoding.mark.count) }
    while true {
      try buffer.fill(upTo: 1)
      let blanks = buffer.withBytes { bytes in
        bytes.indices.first { !TextByte.isBlank(bytes[$0]) } ?? bytes.count
      }
      if blanks > 0 { buffer.discard(blanks) }
      if buffer.count > 0 || buffer.isAtEnd { return }
    }
  }

  /// Passes what stands before the array of an envelope; false where there is no envelope.
  ///
  /// - Throws: ``IngestError/Code/malformedRow`` for another object that goes over several lines.
  private func passEnvelope() throws(IngestError) -> Bool {
    guard let offset = try envelopeOffset() else { return false }
    buffer.discard(offset)
    scanner = ElementScanner(isInEnvelope: true)
    return true
  }

  private func envelopeOffset() throws(IngestError) -> Int? {
    guard buffer.withBytes({ $0[0] == UInt8(ascii: "{") }) else { return nil }
    var envelope = Envelope()
    while true {
      switch buffer.withBytes({ envelope.match($0) }) {
      case .none: return nil
      case .array(let offset): return offset
      case .object:
        throw IngestError(
          .malformedRow, "a JSON object goes over several lines here, where a line holds one row",
          at: location(buffer.position),
          hint:
            "`jq -c . FILE > rows.jsonl` writes one object a line; if the rows are a list in it, "
            + "`jq -c '.NAME[]' FILE > rows.jsonl` writes those")
      case .undecided:
        if buffer.isAtEnd { return envelope.offsetAtEnd }
        // What goes on beyond this limit without a line feed is not a row that could be read.
        if buffer.count > options.maximumRowByteCount { return envelope.arrayOffset }
        if buffer.count == buffer.capacity { growBuffer() }
        try buffer.fill()
      }
    }
  }

  // MARK: JSON Lines

  private func nextLines() throws(IngestError) -> Frame? {
    while true {
      try buffer.fill()
      if buffer.isAtEnd, buffer.count <= options.maximumRowByteCount {
        if buffer.count == 0 {
          mode = .ended
          return nil
        }
        return chunk(buffer.count)
      }
      if buffer.count > options.maximumRowByteCount {
        let end = buffer.withBytes { $0.firstIndex(of: TextByte.newline, from: scannedCount) }
        guard let end, end <= options.maximumRowByteCount else { return try oversizedLine() }
      }
      let last = buffer.withBytes { $0.lastIndex(of: TextByte.newline, from: scannedCount) }
      if let last { return chunk(last + 1) }
      scannedCount = buffer.count
      growBuffer()
    }
  }

  private func chunk(_ byteCount: Int, rows: [Range<Int>]? = nil) -> Frame {
    scannedCount = 0
    let offset = buffer.offset
    let taken = buffer.take(byteCount)
    return .chunk(
      Chunk(
        taken.storage, byteCount: byteCount, at: taken.position, offset: offset, of: document,
        rows: rows))
  }

  /// One byte beyond the limit tells a row that is too long from one that just fits.
  private func growBuffer() {
    buffer.grow(to: min(buffer.capacity * 2, options.maximumRowByteCount + 1))
  }

  /// What of a row too long is kept.
  private var head: [UInt8] {
    buffer.withBytes { Array(copying: $0.extracting(first: options.headByteCount)) }
  }

  private func oversizedLine() throws(IngestError) -> Frame {
    let start = buffer.position
    let head = head
    var byteCount = 0
    while buffer.count > 0 {
      if let end = buffer.withBytes({ $0.firstIndex(of: TextByte.newline) }) {
        byteCount += end
        buffer.discard(end + 1)
        break
      }
      byteCount += buffer.count
      buffer.discard(buffer.count)
      try buffer.fill()
    }
    scannedCount = 0
    return oversized(byteCount, head: head, at: start)
  }

  private func oversized(_ byteCount: Int, head: [UInt8], at start: TextPosition) -> Frame {
    .refused(
      RefusedRow(
        document: document, location: location(start), byteCount: byteCount, head: head,
        limit: options.maximumRowByteCount))
  }

  private func location(_ position: TextPosition) -> SourceLocation {
    SourceLocation(file: document.name, line: position.line, column: position.column)
  }

  // MARK: A JSON array

  private func nextElements() throws(IngestError) -> Frame? {
    var rows = [Range<Int>]()
    while true {
      try buffer.fill()
      scan(into: &rows)
      let limit = options.maximumRowByteCount
      if let first = rows.first {
        // Such a row fills the buffer alone, since the buffer has no room for more.
        if first.count > limit { return oversizedElement(first) }
        return chunk(rows)
      }
      if let failure { throw failure }
      if buffer.isAtEnd {
        if let lack = scanner.lackAtEnd {
          throw malformed(lack, at: scanner.openElement ?? buffer.count)
        }
        mode = .ended
        return nil
      }
      if let open = scanner.openElement, open == 0 {
        if buffer.count > limit { return try oversizedElement() }
        growBuffer()
      } else {
        discard(scanner.openElement ?? buffer.count)
      }
    }
  }

  private func scan(into rows: inout [Range<Int>], isStoppingAfterOne: Bool = false) {
    do throws(ElementScanner.Failure) {
      scannedCount = try buffer.withBytes { (bytes) throws(ElementScanner.Failure) in
        try scanner.scan(
          bytes, from: scannedCount, rows: &rows, isStoppingAfterOne: isStoppingAfterOne)
      }
    } catch {
      failure = malformed(error.message, at: error.offset)
      scannedCount = error.offset
    }
  }

  private func malformed(_ message: String, at offset: Int) -> IngestError {
    var position = buffer.position
    buffer.withBytes { position.advance(over: $0.extracting(0..<offset)) }
    return IngestError(
      .malformedArray, message, at: location(position),
      hint: scanner.isInEnvelope
        ? "an object around the array of rows holds besides it only texts, numbers and the like"
        : "a text that begins with '[' must be one JSON array; otherwise give one row a line")
  }

  private func chunk(_ rows: [Range<Int>]) -> Frame {
    let cut = scanner.openElement ?? scannedCount
    let scanned = scannedCount
    let frame = chunk(cut, rows: rows)
    scanner.shift(by: cut)
    scannedCount = scanned - cut
    return frame
  }

  private func discard(_ byteCount: Int) {
    buffer.discard(byteCount)
    scanner.shift(by: byteCount)
    scannedCount -= byteCount
  }

  /// Passes an element that goes on behind the buffer's end.
  private func oversizedElement() throws(IngestError) -> Frame {
    let start = buffer.position
    let head = head
    var rows = [Range<Int>]()
    while rows.isEmpty {
      discard(buffer.count)
      try buffer.fill()
      guard buffer.count > 0 else {
        throw IngestError(
          .malformedArray, scanner.lackAtEnd ?? "", at: location(start),
          hint: "is a quotation mark or a bracket missing?")
      }
      scan(into: &rows, isStoppingAfterOne: true)
    }
    let byteCount = rows[0].count
    discard(rows[0].upperBound)
    return oversized(byteCount, head: head, at: start)
  }

  /// Passes an element that is one byte too long and ends with the buffer.
  private func oversizedElement(_ row: Range<Int>) -> Frame {
    let start = buffer.position
    let head = head
    discard(row.upperBound)
    return oversized(row.count, head: head, at: start)
  }
}
