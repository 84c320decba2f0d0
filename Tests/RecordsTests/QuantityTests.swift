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
      #expect(
        Quantity.decimal(number, places: places) == String(format: "%.\(places)f", number))
      #expect(
        Quantity.signed(number, places: places) == String(format: "%+.\(places)f", number))
      #expect(
        Quantity.significant(number, digits: places) == String(format: "%.\(places)g", number))
    }
  }

  @Test func countsHaveCommas() {
    #expect(Quantity.count(999) == "999")
    #expect(Quantity.count(-1_234_567) == "-1,234,567")
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
