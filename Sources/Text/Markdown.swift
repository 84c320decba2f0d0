internal import CKernels
internal import Glibc

/// Counts Markdown elements: headers, list items and bold spans.
///
/// The patterns are those of the paper's published code, as regular expressions over the text:
/// - headers: `^\s{0,3}#{1,6}\s+`, at the start of a line
/// - list items: `^\s*(?:[-+*] |\d+\.\s)`, at the start of a line (the published code forgets to
///   anchor the numbered form, and so counts "in 1998. Then" as an item)
/// - bold spans: `\*\*(.*?)\*\*|__(.*?)__`, inside a line
package enum Markdown {
  /// The number of elements in `text`.
  package static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var elements = 0
    var lineStart = 0
    // Where the last header's match ends: its white space may run on into a later line's indent,
    // which a match of its own can then not begin with.
    var headerEnd = 0
    while lineStart <= text.count {
      let rest = UnsafeBufferPointer(rebasing: text[lineStart...])
      let line = UnsafeBufferPointer(rebasing: rest[..<endOfLine(in: rest)])
      // A pattern's closing white space may be the line break itself.
      let hasBreak = line.count < rest.count
      if lineStart >= headerEnd, let marksEnd = headerMarksEnd(in: line, hasBreak: hasBreak) {
        elements += 1
        headerEnd = endOfSpace(in: text, from: lineStart + marksEnd)
      }
      if isListItem(line, hasBreak: hasBreak) { elements += 1 }
      elements += boldSpans(in: line)
      lineStart += line.count + 1
    }
    return elements
  }

  private static func endOfLine(in text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = text.baseAddress, let end = memchr(base, 0x0A, text.count) else {
      return text.count
    }
    return UnsafeRawPointer(base).distance(to: end)
  }

  /// The place behind the marks of a header, or nil where the line is none.
  private static func headerMarksEnd(
    in line: UnsafeBufferPointer<UInt8>, hasBreak: Bool
  ) -> Int? {
    var position = 0
    var spaces = 0
    while position < line.count {
      let (isSpace, length) = Words.space(in: line, at: position)
      guard isSpace else { break }
      spaces += 1
      position += length
    }
    guard spaces <= 3 else { return nil }
    let marks = line[position...].prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(marks), endsWithSpace(line, at: position + marks, hasBreak: hasBreak)
    else { return nil }
    return position + marks
  }

  private static func isListItem(_ line: UnsafeBufferPointer<UInt8>, hasBreak: Bool) -> Bool {
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

  private static func endOfSpace(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    while position < text.count {
      let (isSpace, length) = Words.space(in: text, at: position)
      guard isSpace else { break }
      position += length
    }
    return position
  }

  /// Digits are those of any script, as `\d` means in Python.
  private static func endOfDigits(in line: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    while position < line.count {
      if line[position] < 0x80 {
        guard line[position] &- 0x30 < 10 else { break }
        position += 1
      } else {
        let length = Words.space(in: line, at: position).length
        let character = String(decoding: line[position..<position + length], as: UTF8.self)
        guard character.unicodeScalars.first?.properties.generalCategory == .decimalNumber else {
          break
        }
        position += length
      }
    }
    return position
  }

  private static func endsWithSpace(
    _ line: UnsafeBufferPointer<UInt8>, at position: Int, hasBreak: Bool
  ) -> Bool {
    position < line.count ? Words.space(in: line, at: position).isSpace : hasBreak
  }

  /// Non-overlapping spans from the left, each closed by the nearest mark of its own kind.
  private static func boldSpans(in line: UnsafeBufferPointer<UInt8>) -> Int {
    var spans = 0
    var position = 0
    while position + 3 < line.count {
      let rest = UnsafeBufferPointer(rebasing: line[position...])
      position += first_of_two_bytes(
        rest.baseAddress, rest.count, UInt8(ascii: "*"), UInt8(ascii: "_"))
      guard position + 3 < line.count else { break }
      let mark = line[position]
      guard mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_"), line[position + 1] == mark,
        let close = closing(mark, in: line, from: position + 2)
      else {
        position += 1
        continue
      }
      spans += 1
      position = close + 2
    }
    return spans
  }

  private static func closing(
    _ mark: UInt8, in line: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int? {
    var position = start
    while position + 1 < line.count {
      if line[position] == mark, line[position + 1] == mark { return position }
      position += 1
    }
    return nil
  }
}
