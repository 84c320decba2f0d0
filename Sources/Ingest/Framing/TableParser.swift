internal import Bytes
internal import Records

/// Reads the records of comma- or tab-separated text (RFC 4180) one after the other.
///
/// As Python's `csv` does it, quotation marks count only at the beginning of a cell, and lines may
/// end in LF, CR LF or CR. Unlike there, what follows a closing quotation mark is a fault: it is the
/// sign of a quotation mark that was not doubled.
final class TableParser {
  struct Cell: Equatable {
    /// Its bytes among ``TableParser/bytes``.
    var range: Range<Int>
    var isQuoted: Bool
  }

  private enum Phase {
    case cellStart, unquoted, quoted
    /// Behind a quotation mark in a quoted cell, which ends the cell or is the first of two.
    case closing
  }

  private let source: BufferedSource
  private let separator: UInt8
  private let name: String
  /// Records of more bytes are passed over.
  private let limit: Int
  private let headLimit: Int

  private var phase = Phase.cellStart
  private var cellStart = 0
  private var isQuoted = false
  /// Where the last quoted cell began.
  private var quote = TextPosition()
  /// Where the next byte's line begins, counted from the text's first byte.
  private var lineStart = 0
  /// The line of the next byte.
  private var line = 1
  /// Whether the last record ended in CR, so that a LF is a part of that end.
  private var isBehindReturn = false

  /// How many cells of a record are kept: a few bytes stand for any number of them.
  static let cellLimit = 1 << 16

  /// The cells of the record, and the bytes they are in, without quotation marks around them.
  private(set) var cells: [Cell] = []
  /// How many cells the record has, kept or not.
  private(set) var cellCount = 0
  private(set) var bytes: [UInt8] = []
  /// The line that the record begins in, and how many lines it takes.
  private(set) var firstLine = 1
  private(set) var lineCount = 0
  /// The record as it stands in the text: its size and first bytes.
  private(set) var byteCount = 0
  private(set) var head: [UInt8] = []
  /// What is wrong with the record's quotation marks.
  private(set) var fault: String?

  init(
    _ source: BufferedSource, separator: UInt8, name: String, options: FramingOptions
  ) throws(IngestError) {
    self.source = source
    self.separator = separator
    self.name = name
    limit = options.maximumRowByteCount
    headLimit = options.headByteCount
    _ = try source.peek(TextEncoding.prefixCount)
    let hasMark = try source.withBytes { (prefix) throws(IngestError) in
      try TextEncoding.refuseWide(prefix, name: name)
      return prefix.holds(TextEncoding.mark)
    }
    if hasMark {
      source.consume(TextEncoding.mark.count)
      lineStart = source.offset
    }
  }

  /// Whether the record has more bytes than the limit, so that its cells are not there.
  var isTooLong: Bool { byteCount > limit }

  /// Whether the record is an empty line.
  var isBlank: Bool {
    cells.count == 1 && !isTooLong && cells[0] == Cell(range: 0..<0, isQuoted: false)
  }

  /// Goes on to the next record; false at the end of the text.
  ///
  /// - Throws: ``IngestError/Code/malformedTable`` for a quoted cell that does not end, with the
  ///   place where it begins, and the source's errors.
  func next() throws(IngestError) -> Bool {
    if isBehindReturn, try source.peek() > 0,
      source.withBytes({ $0[0] == TextByte.newline })
    {
      take(1)
    }
    isBehindReturn = false
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    head.removeAll(keepingCapacity: true)
    (byteCount, cellCount, fault, firstLine) = (0, 0, nil, line)
    startCell()
    while true {
      let available: Int
      do throws(IngestError) {
        available = try source.peek()
      } catch {
        var error = error
        if error.location?.line == nil { error.location?.line = line }
        throw error
      }
      if available == 0 {
        guard phase != .quoted else { throw unclosed }
        guard byteCount > 0 else { return false }
        endCell()
        lineCount = line - firstLine + 1
        return true
      }
      let (count, isEnded) = source.withBytes { scan($0) }
      take(count)
      if isEnded { return true }
    }
  }

  private func take(_ count: Int) {
    source.consume(count)
    if isBehindReturn { lineStart = source.offset }
  }

  private func startCell() {
    phase = .cellStart
    cellStart = bytes.count
    isQuoted = false
  }

  private func endCell() {
    cellCount += 1
    // The bytes of a record that is too long are gone.
    if !isTooLong, cells.count < Self.cellLimit {
      cells.append(Cell(range: cellStart..<bytes.count, isQuoted: isQuoted))
    }
    startCell()
  }

  /// Goes on in the record.
  ///
  /// - Returns: How many bytes were read, and whether they end the record.
  private func scan(_ input: Span<UInt8>) -> (count: Int, isEnded: Bool) {
    var place = 0
    while place < input.count {
      switch phase {
      case .cellStart:
        isQuoted = input[place] == TextByte.quote
        phase = isQuoted ? .quoted : .unquoted
        if isQuoted {
          quote = TextPosition(line: line, column: source.offset + place - lineStart + 1)
          place += 1
        }
      case .unquoted:
        let end = endOfPlain(input, from: place)
        keep(input, place..<end)
        place = end
        guard place < input.count else { break }
        endCell()
        place += 1
        if input[place - 1] != separator {
          count(input, place)
          endLine(input[place - 1], before: source.offset + place)
          return (place, true)
        }
      case .quoted:
        let end = input.firstIndex(of: TextByte.quote, from: place) ?? input.count
        countLines(input, place..<end)
        keep(input, place..<end)
        place = end
        guard place < input.count else { break }
        phase = .closing
        place += 1
      case .closing:
        if input[place] == TextByte.quote {
          keep(input, place..<(place + 1))
          phase = .quoted
          place += 1
        } else {
          phase = .unquoted
          if endOfPlain(input, from: place) > place, fault == nil {
            fault =
              "expected a separator or the end of the line behind the quotation mark that closes "
              + "cell \(cellCount + 1)"
          }
        }
      }
    }
    count(input, place)
    return (place, false)
  }

  private func endLine(_ byte: UInt8, before offset: Int) {
    line += 1
    lineCount = line - firstLine
    lineStart = offset
    isBehindReturn = byte == TextByte.carriageReturn
  }

  private func countLines(_ input: Span<UInt8>, _ range: Range<Int>) {
    let piece = input.extracting(range)
    guard let last = piece.lastIndex(of: TextByte.newline) else { return }
    line += piece.count(of: TextByte.newline)
    lineStart = source.offset + range.lowerBound + last + 1
  }

  /// Counts the first bytes of the input as the record's.
  private func count(_ input: Span<UInt8>, _ count: Int) {
    byteCount += count
    head.append(copying: input.extracting(0..<min(count, max(headLimit - head.count, 0))))
    // The cells will not be asked for.
    if isTooLong { bytes.removeAll() }
  }

  private func keep(_ input: Span<UInt8>, _ range: Range<Int>) {
    guard !isTooLong else { return }
    bytes.append(copying: input.extracting(range))
  }

  /// The place of the next byte that ends an unquoted cell.
  private func endOfPlain(_ input: Span<UInt8>, from start: Int) -> Int {
    var place = start
    while place < input.count {
      let byte = input[place]
      if byte == separator || byte == TextByte.newline || byte == TextByte.carriageReturn { break }
      place += 1
    }
    return place
  }

  private var unclosed: IngestError {
    IngestError(
      .malformedTable, "the quotation mark that opens this cell is never closed",
      at: SourceLocation(file: name, line: quote.line, column: quote.column),
      hint: "close the cell with '\"'; inside a quoted cell a quotation mark is written twice")
  }
}
