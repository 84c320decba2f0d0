import Foundation
import TestSupport
import Testing

@testable import Text

/// Judged by Foundation, whose tables are its own.
@Suite struct ComposedFormTests {
  private static let scalars = (0..<0x30000).compactMap { Unicode.Scalar($0 as UInt32) }

  private static func composed(_ text: String) -> [UInt8] {
    Array(text.precomposedStringWithCanonicalMapping.utf8)
  }

  /// What stands for itself may neither change nor combine with what is before it.
  @Test func whatStandsForItselfBeginsAPieceOfItsOwn() {
    var combining: Set<Unicode.Scalar> = []
    for scalar in Self.scalars {
      let parts = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
      combining.formUnion(parts.dropFirst())
    }
    #expect(combining.contains("\u{301}") && combining.contains("\u{11A8}"))
    for scalar in Self.scalars where ComposedForm.standsForItself(scalar.value) {
      let isWhole =
        scalar.properties.canonicalCombiningClass == .notReordered
        && !combining.contains(scalar) && Self.composed(String(scalar)) == Array(scalar.utf8)
      #expect(isWhole, "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test(arguments: [
    "", "plain", "e\u{301}", "\u{301}", "a\u{323}\u{307}", "a\u{307}\u{323}b",
    "\u{1100}\u{1161}\u{11A8}", "\u{212B}x", "🇫🇷👩‍👩‍👧 é", "\u{E01}\u{E38}\u{E48}",
    "\u{E01}\u{E48}\u{E38}",
    "x\u{20D0}\u{302A}", "\u{915}\u{93C}", "\u{958}", "שָׁלוֹם", "e\u{301}e\u{301}\u{301}e",
  ])
  func composesAsFoundationDoes(text: String) {
    #expect(ComposedForm.of(Array(text.utf8)) == Self.composed(text))
  }

  /// A syllable with a final consonant of its own, which Foundation leaves as they are.
  @Test func syllablesTakeTheirFinalConsonant() {
    #expect(ComposedForm.of(Array("\u{AC00}\u{11A8}".utf8)) == Array("\u{AC01}".utf8))
  }

  @Test(arguments: UInt64(1)...4)
  func composesMadeTextsAsFoundationDoes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let marks: [Unicode.Scalar] = [
      "\u{300}", "\u{301}", "\u{323}", "\u{327}", "\u{345}", "\u{5B0}", "\u{64E}", "\u{93C}",
      "\u{E38}", "\u{E48}", "\u{1161}", "\u{20D0}", "\u{302A}", "\u{3099}",
    ]
    let bases: [Unicode.Scalar] = [
      "a", "e", "é", "ệ", " ", "α", "ש", "\u{915}", "ก", "\u{1100}", "가", "か", "\u{212B}", "😀",
    ]
    for _ in 0..<3_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<random.below(13) {
        let choices = random.below(3) == 0 ? marks : bases
        text.append(choices[random.below(choices.count)])
      }
      let isSame = ComposedForm.of(Array(String(text).utf8)) == Self.composed(String(text))
      #expect(isSame, "\(text.map { String($0.value, radix: 16) })")
    }
  }
}
