internal import Foundation
import TestSupport
import Testing
import Text

@testable import JSON

@Suite struct JSONStringTests {
  /// What the string that `source` holds, quotes included, comes to.
  struct Unescaped: Equatable {
    var wtf8: [UInt8]
    var text: [UInt8]
    var hasLoneSurrogate: Bool

    init(_ source: [UInt8]) throws {
      self = try withScannable(source) { base, count in
        var scanner = JSONScanner(base, from: 0, to: count)
        var nothing = FieldSlots()
        let value = try scanner.scanValue(at: nil, into: &nothing)
        var hasLoneSurrogate = false
        let wtf8 = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
          guard let output = buffer.baseAddress else { return }
          let result = JSONString.unescape(value, in: base, to: output)
          (written, hasLoneSurrogate) = result
        }
        return Unescaped(
          wtf8: wtf8, text: JSONString.text(of: value, in: base),
          hasLoneSurrogate: hasLoneSurrogate)
      }
    }

    init(wtf8: [UInt8], text: [UInt8], hasLoneSurrogate: Bool) {
      (self.wtf8, self.text, self.hasLoneSurrogate) = (wtf8, text, hasLoneSurrogate)
    }
  }

  // Without Python there is nothing to compare thousands of strings with.
  @Test(.enabled(if: JSONOracle.python != nil, Comment(rawValue: JSONOracle.reason)))
  func stringsAndTheirMeasuresAreThoseOfPython() throws {
    let cases = try JSONOracle.cases("string")
    #expect(cases.count >= 5000)
    for string in cases {
      let source = String(decoding: string.source, as: UTF8.self)
      let found = try Unescaped(string.source)
      #expect(found.text == Array(string.value ?? Data()), "\(source)")
      #expect(found.text.count == string.bytes, "\(source)")
      #expect(found.wtf8.count == string.bytes, "\(source)")
      #expect(found.hasLoneSurrogate == string.lone, "\(source)")
      #expect(CodePoints.count(found.wtf8.span) == string.chars, "\(source)")
      #expect(Words.count(found.wtf8.span) == string.words, "\(source)")
      #expect(Markdown(found.wtf8.span).elements == string.markdown, "\(source)")
    }
  }

  @Test(arguments: [
    (#""""#, ""), (#""plain""#, "plain"), (#""\"\\\/""#, "\"\\/"),
    (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u65E5""#, "Aé日"),
    (#""\ud83d\ude00""#, "😀"), (#""a\\u0041""#, "a\\u0041"), (#""\u0000""#, "\u{0}"),
  ])
  func escapesMeanTheirCharacter(source: String, text: String) throws {
    let found = try Unescaped(Array(source.utf8))
    #expect(found.text == Array(text.utf8))
    #expect(found.wtf8 == Array(text.utf8))
    #expect(!found.hasLoneSurrogate)
  }

  @Test(
    arguments: [
      (#""\ud83d""#, [0xED, 0xA0, 0xBD], "\u{FFFD}"),
      (#""\ude00\ud83d""#, [0xED, 0xB8, 0x80, 0xED, 0xA0, 0xBD], "\u{FFFD}\u{FFFD}"),
      (#""\ud83d\ud83d\ude00""#, [0xED, 0xA0, 0xBD, 0xF0, 0x9F, 0x98, 0x80], "\u{FFFD}😀"),
      (#""\ud83d\\ude00""#, [0xED, 0xA0, 0xBD] + Array(#"\ude00"#.utf8), "\u{FFFD}\\ude00"),
      (#""퟿\ud7ff\udfff""#, [0xED, 0x9F, 0xBF, 0xED, 0x9F, 0xBF, 0xED, 0xBF, 0xBF], "퟿퟿\u{FFFD}"),
    ] as [(String, [UInt8], String)])
  func loneSurrogatesAreKeptApartAndShownAsReplacements(
    source: String, wtf8: [UInt8], text: String
  ) throws {
    #expect(
      try Unescaped(Array(source.utf8))
        == Unescaped(wtf8: wtf8, text: Array(text.utf8), hasLoneSurrogate: true))
  }

  @Test(arguments: [
    (#""abc""#, "abc", true), (#""\u0061bc""#, "abc", true), (#""abcd""#, "abc", false),
    (#""ab""#, "abc", false), (#""a\u0062d""#, "abc", false), (#""""#, "", true),
  ])
  func comparesTexts(source: String, text: String, isEqual: Bool) throws {
    try withScannable(Array(source.utf8)) { base, count in
      var scanner = JSONScanner(base, from: 0, to: count)
      var nothing = FieldSlots()
      let value = try scanner.scanValue(at: nil, into: &nothing)
      #expect(JSONString.bytes(of: value, in: base, equal: Array(text.utf8)) == isEqual)
    }
  }
}
