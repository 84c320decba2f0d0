/// Counts Markdown elements: headers, list items and bold spans.
///
/// The patterns are those of the paper's published code, as regular expressions over the text:
/// - headers: `^\s{0,3}#{1,6}\s+`, at the start of a line
/// - list items: `^\s*(?:[-+*] |\d+\.\s)`, at the start of a line (the published code forgets to
///   anchor the numbered form, and so counts "in 1998. Then" as an item)
/// - bold spans: `\*\*(.*?)\*\*|__(.*?)__`, inside a line
enum Markdown {
  /// The number of elements in `text`.
  static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var elements = 0
    var lineStart = 0
    while lineStart <= text.count {
      let rest = UnsafeBufferPointer(rebasing: text[lineStart...])
      let line = UnsafeBufferPointer(rebasing: rest.prefix { $0 != 0x0A })
      // A pattern's closing white space may be the line break itself.
      let hasBreak = line.count < rest.count
      if isHeader(line, hasBreak: hasBreak) { elements += 1 }
      if isListItem(line, hasBreak: hasBreak) { elements += 1 }
      elements += boldSpans(in: line)
      lineStart += line.count + 1
    }
    return elements
  }

  private static func isHeader(_ line: UnsafeBufferPointer<UInt8>, hasBreak: Bool) -> Bool {
    var position = 0
    var spaces = 0
    while position < line.count {
      let (isSpace, length) = Words.space(in: line, at: position)
      guard isSpace else { break }
      spaces += 1
      position += length
    }
    guard spaces <= 3 else { return false }
    let marks = line[position...].prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(marks) else { return false }
    return endsWithSpace(line, at: position + marks, hasBreak: hasBreak)
  }

  private static func isListItem(_ line: UnsafeBufferPointer<UInt8>, hasBreak: Bool) -> Bool {
    var position = 0
    while position < line.count {
      let (isSpace, length) = Words.space(in: line, at: position)
      guard isSpace else { break }
      position += length
    }
    guard position < line.count else { return false }
    switch line[position] {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
      return position + 1 < line.count && line[position + 1] == 0x20
    default:
      let digits = line[position...].prefix { $0 &- 0x30 < 10 }.count
      let point = position + digits
      guard digits > 0, point < line.count, line[point] == UInt8(ascii: ".") else { return false }
      return endsWithSpace(line, at: point + 1, hasBreak: hasBreak)
    }
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
