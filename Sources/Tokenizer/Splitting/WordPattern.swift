/// The regular expressions of GPT-2, Llama 3 and Qwen, which most tokenizers have, for ASCII.
///
/// Where what a match depends on is ASCII, it is found here, in a fraction of the time; everything else
/// is left to Oniguruma. All of them match at every place of a text, and look back at nothing.
struct WordPattern: Sendable {
  /// Whether a contraction may be in capitals.
  private let ignoresCase: Bool
  /// Whether one character that is neither letter, number nor line break goes with the letters behind
  /// it, and line breaks with punctuation and white space; else a space goes with what is behind it.
  private let takesMarks: Bool
  /// The most digits of a number.
  private let digits: Int

  /// - Returns: nil for any other regular expression.
  init?(_ source: String) {
    switch source {
    case Self.gpt2: (ignoresCase, takesMarks, digits) = (false, false, .max)
    case Self.llama3(#"\p{N}{1,3}"#): (ignoresCase, takesMarks, digits) = (true, true, 3)
    case Self.llama3(#"\p{N}"#): (ignoresCase, takesMarks, digits) = (true, true, 1)
    default: return nil
    }
  }

  /// What ByteLevel splits by.
  static let gpt2 =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  private static func llama3(_ number: String) -> String {
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|"# + number
      + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }

  /// The end of the match that begins at a place; nil where it depends on more than ASCII.
  func end(in text: Span<UInt8>, from start: Int) -> Int? {
    let first = text[start]
    guard first < 0x80 else { return nil }
    if Self.isLetter(first) { return run(in: text, from: start + 1, while: Self.isLetter) }
    if Self.isDigit(first) { return number(in: text, from: start) }
    guard start + 1 < text.count else { return text.count }
    let second = text[start + 1]
    guard second < 0x80 else { return nil }
    if first == UInt8(ascii: "'") {
      switch contraction(in: text, from: start) {
      case .none: return nil
      case .some(let end) where end > start: return end
      default: break
      }
    }
    let takesNext = takesMarks ? !Self.isLineBreak(first) : first == 0x20
    if takesNext, Self.isLetter(second) {
      return run(in: text, from: start + 2, while: Self.isLetter)
    }
    if !takesMarks, first == 0x20, Self.isDigit(second) {
      return run(in: text, from: start + 2, while: Self.isDigit)
    }
    if !Self.isSpace(first) { return punctuation(in: text, from: start + 1) }
    if first == 0x20, !Self.isSpace(second), !Self.isLetter(second), !Self.isDigit(second) {
      return punctuation(in: text, from: start + 2)
    }
    return space(in: text, from: start)
  }

  /// The end of a contraction: its start where there is none, nil where it depends on more.
  private func contraction(in text: Span<UInt8>, from start: Int) -> Int? {
    func letter(_ offset: Int) -> UInt8 {
      guard start + offset < text.count else { return 0 }
      let byte = text[start + offset]
      return ignoresCase && Self.isLetter(byte) ? byte | 0x20 : byte
    }
    let (first, second) = (letter(1), letter(2))
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return start + 2
    case UInt8(ascii: "r"), UInt8(ascii: "v"), UInt8(ascii: "l"):
      guard second < 0x80 else { return nil }
      let wanted = first == UInt8(ascii: "l") ? first : UInt8(ascii: "e")
      return second == wanted ? start + 3 : start
    default: return start
    }
  }

  private func number(in text: Span<UInt8>, from start: Int) -> Int? {
    var place = start + 1
    while place < text.count, place - start < digits, Self.isDigit(text[place]) { place += 1 }
    return place < text.count && place - start < digits && text[place] >= 0x80 ? nil : place
  }

  /// The end of what is neither letter, number nor space, with the line breaks behind it.
  private func punctuation(in text: Span<UInt8>, from start: Int) -> Int? {
    let end = run(in: text, from: start) {
      !Self.isSpace($0) && !Self.isLetter($0) && !Self.isDigit($0)
    }
    guard takesMarks, var place = end else { return end }
    while place < text.count, Self.isLineBreak(text[place]) { place += 1 }
    return place
  }

  /// The end of white space: behind its last line break, at the end of the text, or before the last
  /// space, which goes with what follows.
  private func space(in text: Span<UInt8>, from start: Int) -> Int? {
    guard let end = run(in: text, from: start, while: Self.isSpace) else { return nil }
    if takesMarks {
      var place = end
      while place > start, !Self.isLineBreak(text[place - 1]) { place -= 1 }
      if place > start { return place }
    }
    return end == text.count ? end : max(start + 1, end - 1)
  }

  /// The end of a run of ASCII; nil where what follows is not ASCII and may belong to it.
  private func run(
    in text: Span<UInt8>, from start: Int, while belongs: (UInt8) -> Bool
  ) -> Int? {
    var place = start
    while place < text.count {
      let byte = text[place]
      if byte >= 0x80 { return nil }
      if !belongs(byte) { break }
      place += 1
    }
    return place
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
  private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
