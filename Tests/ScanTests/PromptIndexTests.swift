import Hashing
import TestSupport
import Testing

@testable import Scan

@Suite struct PromptIndexTests {
  @Test func promptsAreNumberedAsTheyAppear() {
    var random = SeededRandom(seed: 1)
    var index = PromptIndex()
    let keys = (0..<100_000).map { _ in Fingerprint.Wide(high: random.next(), low: random.next()) }
    for (number, key) in keys.enumerated() {
      #expect(index.number(for: key) == number)
    }
    for number in stride(from: 99_999, through: 0, by: -7) {
      #expect(index.number(for: keys[number]) == number)
    }
    #expect(index.count == 100_000)
  }

  /// Keys that all want the same place in the table, also after it has grown.
  @Test func keysThatMeetAreToldApart() {
    var index = PromptIndex()
    let keys =
      (0..<300).map { Fingerprint.Wide(high: UInt64($0), low: 4095) }
      + (0..<4000).map { Fingerprint.Wide(high: 0, low: UInt64($0) << 32) }
    for (number, key) in keys.enumerated() { #expect(index.number(for: key) == number) }
    for (number, key) in keys.enumerated() { #expect(index.number(for: key) == number) }
  }
}
