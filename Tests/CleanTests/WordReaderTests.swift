import Foundation
import Hashing
import TestSupport
import Testing

@testable import Clean

/// Words as the comment of ``WordReader`` defines them, by Foundation and Swift's own tables of
/// Unicode where the program uses utf8proc.
private func expectedWords(_ text: String) -> [String] {
  let alone: [ClosedRange<UInt32>] = [
    0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x30FF, 0x3400...0x4DBF,
    0x4E00...0x9FFF, 0xFF66...0xFF9F,
  ]
  var words: [String] = []
  var word = ""
  var isAlone = false
  func end() {
    if !word.isEmpty { words.append(word) }
    (word, isAlone) = ("", false)
  }
  for scalar in text.precomposedStringWithCanonicalMapping.unicodeScalars {
    let lower = scalar.properties.lowercaseMapping.unicodeScalars
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: word.unicodeScalars.append(scalar)
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      let standsAlone = alone.contains { $0.contains(scalar.value) }
      if isAlone || standsAlone { end() }
      word.unicodeScalars.append(lower.count == 1 ? lower[lower.startIndex] : scalar)
      isAlone = standsAlone
    default: end()
    }
  }
  end()
  return words
}

private func words(_ text: [UInt8]) -> [UInt64] {
  var words: [UInt64] = []
  var reader = WordReader()
  reader.append(text.span, to: &words)
  return words
}

private func words(_ text: String) -> [UInt64] { words(Array(text.utf8)) }

@Suite struct WordReaderTests {
  @Test(arguments: [
    "", " ", "?!", "One two", "  Hello,\n\tWORLD!  ", "it's 3.14 or 1,000", "a-b_c d\u{2014}e",
    "Stra\u{DF}e \u{C9}COLE e\u{301}cole", "\u{4F60}\u{597D}\u{FF0C}world \u{304B}\u{3099}x",
    "\u{0E2A}\u{0E27}\u{0E31}\u{0E2A}abc", "\u{391}\u{3A3} \u{41C}\u{418}\u{420}", "x\u{301}",
    "\u{1F600}a\u{1F468}\u{200D}\u{1F469}b", "\u{FB01}x \u{2167} \u{BD}",
    "\u{1112}\u{1161}\u{11AB}",
  ])
  func wordsAreThoseOfUnicode(text: String) {
    #expect(words(text) == expectedWords(text).map { Fingerprint.of(Array($0.utf8).span.bytes) })
  }

  @Test func randomTextsToo() {
    var random = SeededRandom(seed: 5)
    let alphabet = Array(
      ("aZ9 .,'\u{E9}e\u{301}\u{308}\u{4E2D}\u{3042}\u{3099}\u{E01}\u{E34}\u{3B1}\u{416}"
        + "\u{1F600}\u{627}\u{64B}\u{AC00}").unicodeScalars)
    for _ in 0..<2000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<random.below(20) { text.append(alphabet[random.below(alphabet.count)]) }
      let expected = expectedWords(String(text))
      #expect(
        words(String(text)) == expected.map { Fingerprint.of(Array($0.utf8).span.bytes) },
        "\(text.map { String($0.value, radix: 16) })")
    }
  }

  @Test func halvesOfSurrogatePairsStandBetweenWords() {
    let text = Array("a".utf8) + [0xED, 0xA0, 0x80] + Array("b e\u{301}".utf8)
    #expect(words(text) == words("a b \u{E9}"))
  }

  @Test func caseAndPunctuationTellNothingApart() {
    #expect(words("What is 2 + 2?") == words("what IS \u{201C}2\u{201D} 2"))
    #expect(words("What is 2 + 2?") != words("What is 2 + 3?"))
  }
}
