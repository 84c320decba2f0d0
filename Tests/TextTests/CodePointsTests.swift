import TestSupport
import Testing

@testable import Text

@Suite struct CodePointsTests {
  @Test func anEmptyTextHasNone() {
    #expect(CodePoints.count(UnsafeBufferPointer(start: nil, count: 0)) == 0)
    [UInt8]().withUnsafeBufferPointer { #expect(CodePoints.count($0) == 0) }
  }

  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 2), ("👩‍👩‍👧", 5), ("\r\n", 2), ("日本語", 3), ("\u{10FFFF}", 1),
  ])
  func codePointsAreNoCharacters(text: String, count: Int) {
    Array(text.utf8).withUnsafeBufferPointer { #expect(CodePoints.count($0) == count) }
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
        (Array(repeating: 0x20, count: start) + bytes).withUnsafeBufferPointer { padded in
          let part = UnsafeBufferPointer(rebasing: padded[start...])
          #expect(CodePoints.count(part) == count, "\(start) \(String(text).debugDescription)")
        }
      }
    }
  }

  @Test func aLoneSurrogateIsOne() {
    ([0x41, 0xED, 0xA0, 0xBD, 0xED, 0xA0, 0xBD] as [UInt8]).withUnsafeBufferPointer {
      #expect(CodePoints.count($0) == 3)
    }
  }
}
