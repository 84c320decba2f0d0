import TestSupport
import Testing

@testable import Text

@Suite struct CodePointsTests {
  @Test func anEmptyTextHasNone() {
    #expect(CodePoints.count(Span()) == 0)
    #expect(CodePoints.count([UInt8]().span) == 0)
  }

  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 2), ("👩‍👩‍👧", 5), ("\r\n", 2), ("日本語", 3), ("\u{10FFFF}", 1),
  ])
  func codePointsAreNoCharacters(text: String, count: Int) {
    #expect(CodePoints.count(Array(text.utf8).span) == count)
  }

  /// Every length and alignment around the eight bytes that are counted at once.
  @Test(arguments: [1, 2] as [UInt64])
  func countsWhatSwiftCounts(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let scalars: [Unicode.Scalar] = [
      "a", "\u{7F}", "\u{80}", "é", "\u{7FF}", "日", "😀", "\u{10FFFF}",
    ]
    for count in 0..<200 {
      var text = String.UnicodeScalarView()
      for _ in 0..<count { text.append(scalars.randomElement(using: &random) ?? "a") }
      let bytes = Array(String(text).utf8)
      for start in [0, 1, 3, 7] {
        let padded = Array(repeating: 0x20, count: start) + bytes
        let found = CodePoints.count(padded.span.extracting(start...))
        #expect(found == count, "\(start) \(String(text).debugDescription)")
      }
    }
  }

  @Test func aLoneSurrogateIsOne() {
    let text: [UInt8] = [0x41, 0xED, 0xA0, 0xBD, 0xED, 0xA0, 0xBD]
    #expect(CodePoints.count(text.span) == 3)
  }
}
