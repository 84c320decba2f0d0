import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct QuantityTests {
  private static let numbers: [Double] = [
    0, -0.0, 0.5, 1.5, 2.5, -0.05, 0.125, 1e-7, 12345.675, 1e22, -1e300, .greatestFiniteMagnitude,
    .leastNonzeroMagnitude, .infinity, -.infinity, .nan,
  ]

  private static func numbers(seed: UInt64) -> [Double] {
    var random = SeededRandom(seed: seed)
    return (0..<500).map { _ in
      Double(random.below(2_000_001) - 1_000_000) / [1, 8, 100, 1000, 3e9][random.below(5)]
    }
  }

  @Test(arguments: 0...6)
  func decimalsAreThoseOfFoundation(places: Int) {
    for number in Self.numbers + Self.numbers(seed: UInt64(places)) {
      guard abs(number) < 0x1p53 else { continue }
      #expect(
        Quantity.decimal(number, places: places) == String(format: "%.\(places)f", number))
      #expect(
        Quantity.signed(number, places: places) == String(format: "%+.\(places)f", number))
      #expect(
        Quantity.significant(number, digits: places) == String(format: "%.\(places)g", number))
    }
  }

  /// Of a number that has no digits behind the point the last ones before it say nothing.
  @Test func veryLargeNumbersHaveExponents() {
    #expect(Quantity.decimal(1e302, places: 3) == "1e+302")
    #expect(Quantity.decimal(-1.23456789e20, places: 0) == "-1.23457e+20")
    #expect(Quantity.signed(1.5e16, places: 1) == "+1.5e+16")
    #expect(Quantity.decimal(.nan, places: 1).hasSuffix("nan"))
  }

  @Test func countsHaveCommas() {
    #expect(Quantity.count(999) == "999")
    #expect(Quantity.count(-1_234_567) == "-1,234,567")
  }

  @Test(
    arguments: [(0, "0 pairs"), (1, "1 pair"), (2, "2 pairs"), (1000, "1,000 pairs")])
  func nounsAgreeWithTheirCounts(count: Int, text: String) {
    #expect(Quantity.count(count, "pair") == text)
    #expect(
      Quantity.count(count, "row holds", plural: "rows hold").hasSuffix("holds") == (count == 1))
  }

  @Test(arguments: [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (99_950, "100 kB")])
  func bytesHaveTheLargestUnit(count: Int, text: String) {
    #expect(Quantity.bytes(count) == text)
  }

  @Test func whatIsMissingIsADash() {
    #expect(Quantity.signed(nil, places: 2) == "–")
    #expect(Quantity.percent(nil) == "–")
    #expect(Quantity.percent(0.1234) == "12.3 %")
  }
}
