import TestSupport
import Testing

@testable import JSON

@Suite struct JSONNumberTests {
  /// The value of a number that stands alone, by the scanner's grammar.
  private static func double(_ text: String) throws -> Double {
    try withScannable(Array(text.utf8)) { base, count in
      var scanner = JSONScanner(base, from: 0, to: count)
      var nothing = FieldSlots()
      let value = try scanner.scanValue(at: nil, into: &nothing)
      #expect(value.start == 0 && value.end == count)
      return value.kind == .bareNonFinite
        ? JSONNumber.nonFinite(in: base, from: 0)
        : JSONNumber.double(in: base, from: value.start, to: value.end)
    }
  }

  // Without Python there is nothing to compare thousands of doubles with.
  @Test(.enabled(if: JSONOracle.python != nil, Comment(rawValue: JSONOracle.reason)))
  func numbersAreThoseOfPythonToTheBit() throws {
    let cases = try JSONOracle.cases("number")
    #expect(cases.count >= 20_000)
    for number in cases {
      let text = try #require(number.text)
      #expect(JSONOracle.matches(try Self.double(text), number.bits), "\(text)")
    }
  }

  // As above.
  @Test(.enabled(if: JSONOracle.python != nil, Comment(rawValue: JSONOracle.reason)))
  func numbersInStringsAreThoseOfPythonsFloat() throws {
    let cases = try JSONOracle.cases("number_in_string")
    #expect(cases.count >= 5000)
    #expect(cases.contains { $0.bits == nil } && cases.contains { $0.bits != nil })
    for number in cases {
      let text = try #require(number.text)
      let found = JSONNumber.double(text: Array(text.utf8))
      if let found {
        #expect(JSONOracle.matches(found, number.bits), "\(text.debugDescription)")
      } else {
        #expect(number.bits == nil, "\(text.debugDescription)")
      }
    }
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", -0.0), ("4.5", 4.5), ("1e5", 100_000), ("-1.5E-3", -0.0015),
      ("9007199254740993", 9_007_199_254_740_992), ("123456789012345678", 123_456_789_012_345_680),
      ("0.1", 0.1), ("0.1234567890123456", 0.1234567890123456), ("1e999", .infinity),
      ("-1e999", -.infinity), ("5e-324", .leastNonzeroMagnitude), ("Infinity", .infinity),
      ("-Infinity", -.infinity),
    ] as [(String, Double)])
  func numbersAreReadToTheBit(text: String, value: Double) throws {
    #expect(try Self.double(text).bitPattern == value.bitPattern)
  }

  @Test func bareNaNIsNaN() throws {
    #expect(try Self.double("NaN").isNaN)
  }

  /// What Swift writes as the shortest text that gives a double must give that double.
  @Test(arguments: [11, 12, 13] as [UInt64])
  func shortestTextsComeBack(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<5000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(try Self.double("\(value)").bitPattern == value.bitPattern, "\(value)")
    }
  }

  @Test(arguments: ["", " ", "n/a", "0x10", "0x1p3", "nan(1)", "1e", "1__0", "_1", ".", "1 2"])
  func whatIsNoNumberIsNone(text: String) {
    #expect(JSONNumber.double(text: Array(text.utf8)) == nil)
  }

  @Test(
    arguments: [
      ("4.5", 4.5), (" 4.5\n", 4.5), ("+.5e1", 5), ("5.", 5), ("1_000.2_5", 1000.25),
      ("-inf", -.infinity), ("Infinity", .infinity), ("\u{A0}7\u{2003}", 7), ("\u{1C}7", 7),
    ] as [(String, Double)])
  func numbersInStringsAreRead(text: String, value: Double) {
    #expect(JSONNumber.double(text: Array(text.utf8)) == value)
  }
}
