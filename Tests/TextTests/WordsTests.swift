import Testing

@testable import Text

@Suite struct WordsTests {
  @Test(arguments: [
    ("", 0), (" ", 0), ("a", 1), (" a ", 1), ("a b", 2), ("a  b\tc\r\nd", 4), ("\n\n", 0),
    ("é è", 2), ("a\u{A0}b", 2), ("a\u{85}b", 2), ("a\u{1C}b\u{1F}c", 3), ("a\u{1680}b", 2),
    ("a\u{2003}b\u{2028}c\u{2029}d", 4), ("a\u{202F}b\u{205F}c\u{3000}d", 4),
    // These look like white space, and Python does not split there.
    ("a\u{200B}b", 1), ("a\u{FEFF}b", 1), ("a\u{180E}b", 1), ("a\u{2060}b", 1), ("a\u{0}b", 1),
    ("日本 語", 2), ("😀 😀", 2), ("\u{C0}\u{E0} \u{E85}", 2),
  ])
  func countsAsPythonsSplit(text: String, count: Int) {
    #expect(Words.count(Array(text.utf8).span) == count)
  }

  /// Every code point, against the list that Python's `str.isspace` accepts (Unicode 15, taken with
  /// `[c for c in range(0x110000) if chr(c).isspace()]`).
  @Test func everyCodePointIsJudged() {
    let spaces: Set<UInt32> = Set(0x09...0x0D).union(0x1C...0x20).union([0x85, 0xA0, 0x1680])
      .union(0x2000...0x200A).union([0x2028, 0x2029, 0x202F, 0x205F, 0x3000])
    var wrong: [Unicode.Scalar] = []
    for scalar in (0..<0x110000 as Range<UInt32>).compactMap(Unicode.Scalar.init) {
      let bytes = Array(String(scalar).utf8)
      let (isSpace, length) = Words.space(in: bytes.span, at: 0)
      if isSpace != spaces.contains(scalar.value) || length != bytes.count { wrong.append(scalar) }
    }
    #expect(wrong.isEmpty)
  }
}
