import Foundation
import JSON
import TestSupport
import Testing

@testable import JSON

@Suite struct JSONTextTests {
  private func json(string: String) -> String {
    var text = JSONText()
    text.append(string: string)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private func json(_ number: Double) -> String {
    var text = JSONText()
    text.append(number)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  // What Python 3.13 prints for json.dumps(..., ensure_ascii=False), DEL included.
  @Test(arguments: [
    ("", #""""#), ("plain", #""plain""#), ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#),
    ("\n\r\t", #""\n\r\t""#), ("\u{8}\u{C}", #""\b\f""#), ("\u{0}", #""\u0000""#),
    ("\u{1}\u{B}\u{1F}", #""\u0001\u000b\u001f""#), ("\r\n", #""\r\n""#), ("\u{7F}", "\"\u{7F}\""),
    ("\u{2028}\u{2029}\u{85}", "\"\u{2028}\u{2029}\u{85}\""),
    ("caf\u{E9} e\u{301} \u{1F600}", "\"caf\u{E9} e\u{301} \u{1F600}\""),
    ("</script>", #""</script>""#),
  ])
  func stringsAreEscapedAsPythonDoes(string: String, expected: String) {
    #expect(Array(json(string: string).utf8) == Array(expected.utf8))
  }

  @Test func everyByteBelowASpaceIsEscaped() {
    for byte in UInt8(0)..<0x20 {
      var text = JSONText()
      text.append(string: [byte])
      #expect(text.bytes.allSatisfy { $0 >= 0x20 })
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func stringsComeBackFromAnotherReader(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let ranges: [ClosedRange<UInt32>] = [0...0x7F, 0...0x1F, 0x80...0xD7FF, 0xE000...0x10FFFF]
    for _ in 0..<500 {
      var string = ""
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        let range = ranges[Int.random(in: 0..<ranges.count, using: &random)]
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
          string.unicodeScalars.append(scalar)
        }
      }
      let read =
        try JSONSerialization.jsonObject(
          with: Data(json(string: string).utf8), options: .fragmentsAllowed) as? String
      #expect(
        read.map { Array($0.unicodeScalars) } == Array(string.unicodeScalars), "seed \(seed)")
    }
  }

  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (-3.0, "-3.0"), (0.1, "0.1"),
    (123_456_789.0, "123456789.0"), (9_007_199_254_740_992.0, "9007199254740992.0"),
    (1e-5, "1e-05"), (1e22, "1e+22"), (0.30000000000000004, "0.30000000000000004"),
    (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.leastNonzeroMagnitude, "5e-324"),
  ])
  func numbersAreShortestAndNeverWhole(number: Double, expected: String) {
    #expect(json(number) == expected)
  }

  @Test(arguments: [4, 5] as [UInt64])
  func numbersComeBack(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      let text = json(number)
      // The C library reads it, and the grammar of JSON allows it.
      #expect(strtod(text, nil).bitPattern == number.bitPattern, "seed \(seed): \(text)")
      #expect(
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil, "\(text)")
      #expect(text.contains { $0 == "." || $0 == "e" }, "\(text)")
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatIsNoNumberIsNull(number: Double) {
    #expect(json(number) == "null")
  }

  @Test func clearingForgetsTheText() {
    var text = JSONText()
    text.append("[")
    text.clear()
    text.append(7)
    #expect(text.bytes == [UInt8(ascii: "7")])
  }
}
