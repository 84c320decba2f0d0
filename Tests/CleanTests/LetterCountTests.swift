import Records
import Testing

@testable import Clean

@Suite struct LetterCountTests {
  /// How the names of the letters of a script begin in Unicode.
  private static let names: [WritingSystem: [String]] = [
    .latin: ["LATIN "], .cyrillic: ["CYRILLIC "], .greek: ["GREEK "], .hebrew: ["HEBREW "],
    .arabic: ["ARABIC "], .devanagari: ["DEVANAGARI "], .bengali: ["BENGALI "],
    .tamil: ["TAMIL "], .telugu: ["TELUGU "], .thai: ["THAI "], .georgian: ["GEORGIAN "],
    .han: ["CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH"],
    .kana: ["HIRAGANA ", "KATAKANA ", "HALFWIDTH KATAKANA LETTER"], .hangul: ["HANGUL "],
  ]

  /// Every letter of the basic plane belongs to the script that its name tells.
  @Test(arguments: WritingSystem.allCases)
  func lettersAreThoseWithTheNamesOfTheScript(system: WritingSystem) throws {
    let names = try #require(Self.names[system])
    var unlike: [String] = []
    var count = 0
    for value in UInt32(0x41)...0xFFFF {
      guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name,
        [
          .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        ].contains(scalar.properties.generalCategory)
      else { continue }
      let isNamed = names.contains { name.hasPrefix($0) }
      if isNamed { count += 1 }
      var letters = LetterCount([system])
      letters.append(Array(String(scalar).utf8).span)
      // Letters that newer versions of Unicode have are no letters for an older one.
      guard letters.all == 1 else { continue }
      if (letters.wanted == 1) != isNamed { unlike.append("\(String(value, radix: 16)) \(name)") }
    }
    #expect(count > 20)
    // Signs with other names, such as KELVIN SIGN and MODIFIER LETTER SMALL H, of any script.
    #expect(
      unlike.filter { line in
        !line.contains("MODIFIER LETTER") && !line.contains("SIGN") && !line.contains("ORDINAL")
          && !line.contains("ITERATION MARK") && !line.contains("HALFWIDTH")
          && !line.contains("FULLWIDTH") && !line.contains("IDEOGRAPHIC")
          && !line.contains("SUPERSCRIPT") && !line.contains("SUBSCRIPT")
          && !line.contains("SOUND MARK") && !line.contains("TURNED")
          && !line.contains("ROMAN NUMERAL")
      } == [])
  }

  @Test func sharesAreOfLetters() {
    var letters = LetterCount([.latin, .han])
    letters.append(Array("abc \u{4F60}\u{597D}, 12 \u{416}\u{1F600}".utf8).span)
    #expect(letters.all == 6 && letters.wanted == 5)
    #expect(LetterCount([.latin]).share == nil)
  }
}
