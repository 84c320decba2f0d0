internal import Bytes

/// The Markdown elements of a text.
///
/// The patterns are those of the paper's published code, as regular expressions over the text, but for
/// code blocks, of which it knows none:
/// - headers: `^\s{0,3}#{1,6}\s+`, at the start of a line
/// - list items: `^\s*(?:[-+*] |\d+\.\s)`, at the start of a line (the published code forgets to
///   anchor the numbered form, and so counts "in 1998. Then" as an item)
/// - bold spans: `\*\*(.*?)\*\*|__(.*?)__`, inside a line
/// - code blocks: fences as CommonMark has them, at the start of a line behind at most three spaces: at
///   least three backticks, with none behind them, or tildes; a fence of as many of the same kind or
///   more, with nothing behind it, ends the block, and so does the end of the text
package struct Markdown: Equatable, Sendable {
  package private(set) var headers = 0
  package private(set) var listItems = 0
  package private(set) var boldSpans = 0
  package private(set) var codeBlocks = 0

  /// Headers, list items and bold spans, which the paper's code counts together.
  package var elements: Int { headers + listItems + boldSpans }

  /// Counts the elements of `text`, those inside of code blocks too, as the paper's code does.
  package init(_ text: Span<UInt8>) {
    var lineStart = 0
    var fence: Fence?
    // Where the last header's match ends: its white space may run on into a later line's indent,
    // which a match of its own can then not begin with.
    var headerEnd = 0
    while lineStart <= text.count {
      let lineEnd = text.firstIndex(of: 0x0A, from: lineStart) ?? text.count
      let line = text.extracting(lineStart..<lineEnd)
      // A pattern's closing white space may be the line break itself.
      let hasBreak = lineEnd < text.count
      if lineStart >= headerEnd, let marksEnd = Self.headerMarksEnd(in: line, hasBreak: hasBreak) {
        headers += 1
        headerEnd = Self.endOfSpace(in: text, from: lineStart + marksEnd)
      }
      if Self.isListItem(line, hasBreak: hasBreak) { listItems += 1 }
      boldSpans += Self.boldSpans(in: line)
      if let open = fence {
        if open.isClosed(by: line) { fence = nil }
      } else if let opened = Fence(opening: line) {
        codeBlocks += 1
        fence = opened
      }
      lineStart = lineEnd + 1
    }
  }

  /// The marks that a code block begins with.
  private struct Fence {
    let mark: UInt8
    let length: Int
    /// Where what follows the marks begins.
    let end: Int

    /// - Returns: nil where the line begins with no such marks.
    private init?(marksOf line: Span<UInt8>) {
      var position = 0
      while position < min(line.count, 4), line[position] == 0x20 { position += 1 }
      guard position < line.count, position <= 3 else { return nil }
      mark = line[position]
      guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
      let start = position
      while position < line.count, line[position] == mark { position += 1 }
      guard position - start >= 3 else { return nil }
      (length, end) = (position - start, position)
    }

    init?(opening line: Span<UInt8>) {
      self.init(marksOf: line)
      // Backticks further on make it a span of code.
      if mark == UInt8(ascii: "`"), line.firstIndex(of: mark, from: end) != nil { return nil }
    }

    func isClosed(by line: Span<UInt8>) -> Bool {
      guard let other = Fence(marksOf: line), other.mark == mark, other.length >= length else {
        return false
      }
      return (other.end..<line.count).allSatisfy { [0x20, 0x09, 0x0D].contains(line[$0]) }
    }
  }

  /// The place behind the marks of a header, or nil where the line is none.
  private static func headerMarksEnd(in line: Span<UInt8>, hasBreak: Bool) -> Int? {
    var position = 0
    var spaces = 0
    while position < line.count {
      let (isSpace, length) = Words.space(in: line, at: position)
      guard isSpace else { break }
      spaces += 1
      position += length
    }
    guard spaces <= 3 else { return nil }
    let marksStart = position
    while position < line.count, line[position] == UInt8(ascii: "#") { position += 1 }
    guard (1...6).contains(position - marksStart),
      endsWithSpace(line, at: position, hasBreak: hasBreak)
    else { return nil }
    return position
  }

  private static func isListItem(_ line: Span<UInt8>, hasBreak: Bool) -> Bool {
    let position = endOfSpace(in: line, from: 0)
    guard position < line.count else { return false }
    switch line[position] {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
      return position + 1 < line.count && line[position + 1] == 0x20
    default:
      let point = endOfDigits(in: line, from: position)
      guard point > position, point < line.count, line[point] == UInt8(ascii: ".") else {
        return false
      }
      return endsWithSpace(line, at: point + 1, hasBreak: hasBreak)
    }
  }

  private static func endOfSpace(in text: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position < text.count {
      let (isSpace, length) = Words.space(in: text, at: position)
      guard isSpace else { break }
      position += length
    }
    return position
  }

  /// Digits are those of any script, as `\d` means in Python.
  private static func endOfDigits(in line: Span<UInt8>, from start: Int) -> Int {
    var position = start
    while position < line.count {
      if line[position] < 0x80 {
        guard line[position] &- 0x30 < 10 else { break }
        position += 1
      } else {
        let length = Words.space(in: line, at: position).length
        let character = String(decoding: line.extracting(position..<position + length))
        guard character.unicodeScalars.first?.properties.generalCategory == .decimalNumber else {
          break
        }
        position += length
      }
    }
    return position
  }

  private static func endsWithSpace(
    _ line: Span<UInt8>, at position: Int, hasBreak: Bool
  ) -> Bool {
    position < line.count ? Words.space(in: line, at: position).isSpace : hasBreak
  }

  /// Non-overlapping spans from the left, each closed by the nearest mark of its own kind.
  private static func boldSpans(in line: Span<UInt8>) -> Int {
    var spans = 0
    var position = 0
    while let start = line.firstIndex(
      of: UInt8(ascii: "*"), or: UInt8(ascii: "_"), from: position),
      start + 3 < line.count
    {
      let mark = line[start]
      guard line[start + 1] == mark, let close = closing(mark, in: line, from: start + 2) else {
        position = start + 1
        continue
      }
      spans += 1
      position = close + 2
    }
    return spans
  }

  private static func closing(_ mark: UInt8, in line: Span<UInt8>, from start: Int) -> Int? {
    var position = start
    while let found = line.firstIndex(of: mark, from: position), found + 1 < line.count {
      if line[found + 1] == mark { return found }
      position = found + 1
    }
    return nil
  }
}
