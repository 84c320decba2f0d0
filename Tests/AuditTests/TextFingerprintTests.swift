import Foundation
import TestSupport
import Testing

@testable import Audit

@Suite struct TextFingerprintTests {
  private static let pieces = [
    "a", "word ", "  ", "\n", "\t", "e\u{301}", "\u{E9}", "\u{C5}", "A\u{30A}", "\u{A0}",
    "\u{3000}", "日本", "か\u{3099}", "\u{304C}", "\u{1F600}", "\u{1112}\u{1161}\u{11AB}",
    "\u{D55C}", "\u{2126}", "\u{3A9}", "\u{7F}", "\u{300}", "...", "**b** ", "\u{915}\u{93C}",
  ]

  private static func text(using random: inout SeededRandom) -> String {
    (0..<random.below(40)).map { _ in pieces[random.below(pieces.count)] }.joined()
  }

  /// Python's `" ".join(unicodedata.normalize("NFC", text).split())`, by other means.
  private static func normalized(_ text: String) -> String {
    let spaces: Set<UInt32> = Set(0x09...0x0D).union(0x1C...0x20).union([0x85, 0xA0, 0x1680])
      .union(0x2000...0x200A).union([0x2028, 0x2029, 0x202F, 0x205F, 0x3000])
    let composed = text.precomposedStringWithCanonicalMapping.unicodeScalars
    return composed.split { spaces.contains($0.value) }.map { String($0) }.joined(separator: " ")
  }

  private func fingerprint(of text: [UInt8]) -> TextFingerprint {
    TextFingerprint(text.span, isCompared: true)
  }

  @Test(arguments: UInt64(1)...400)
  func looseFingerprintsAreThoseOfNormalizedTexts(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = Self.text(using: &random)
    let normalized = Self.normalized(text)
    let found = fingerprint(of: Array(text.utf8))
    #expect(found.loose == fingerprint(of: Array(normalized.utf8)).exact, "\(text)")
    #expect(found.exact != fingerprint(of: Array((text + "x").utf8)).exact)
  }

  /// Every code point, alone and behind a letter that it may combine with.
  @Test func everyCodePointIsComposedAsFoundationDoes() {
    var wrong: [Unicode.Scalar] = []
    for scalar in (1..<0x110000 as Range<UInt32>).compactMap(Unicode.Scalar.init) {
      let text = "x" + String(scalar) + "x"
      let composed = Array(text.precomposedStringWithCanonicalMapping.utf8)
      guard composed != Array(text.utf8) || scalar.properties.isWhitespace else { continue }
      let loose = fingerprint(of: Array(text.utf8)).loose
      if loose != fingerprint(of: Array(Self.normalized(text).utf8)).exact { wrong.append(scalar) }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }
}
