import TestSupport
import Testing

@testable import JSON

@Suite struct UTF8ValidatorTests {
  private static func firstFault(_ bytes: [UInt8]) -> Int? {
    withScannable(bytes) { base, count in UTF8Validator.firstFault(in: base, from: 0, to: count) }
  }

  /// The standard library is the judge, of the whole text and of what stands before the fault.
  private static func check(_ bytes: [UInt8]) {
    let fault = firstFault(bytes)
    #expect((fault == nil) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    guard let fault else { return }
    #expect(String(validating: bytes[..<fault], as: UTF8.self) != nil, "\(bytes)")
    // No character can begin at the fault.
    for end in (fault + 1)...max(fault + 1, min(fault + 4, bytes.count)) where end <= bytes.count {
      #expect(String(validating: bytes[fault..<end], as: UTF8.self) == nil, "\(bytes)")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func judgesRandomBytesAsSwiftDoes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    // Bytes near the borders of the table, so that random ones come near to being well formed.
    let borders: [UInt8] = [
      0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1,
      0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<4000 {
      let count = Int.random(in: 0..<24, using: &random)
      Self.check((0..<count).map { _ in borders.randomElement(using: &random) ?? 0 })
    }
  }

  @Test(arguments: [4, 5] as [UInt64])
  func judgesDamagedTextAsSwiftDoes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = Array("plain text, then é, 日本語, 😀 and \u{10FFFF}\u{D7FF}\u{E000}; plain text".utf8)
    #expect(Self.firstFault(text) == nil)
    for _ in 0..<4000 {
      var damaged = text
      damaged[Int.random(in: text.indices, using: &random)] = UInt8.random(
        in: .min ... .max, using: &random)
      Self.check(damaged)
      Self.check(Array(text.prefix(Int.random(in: text.indices, using: &random))))
    }
  }

  @Test func everyThreeByteSequenceIsJudgedAsSwiftDoes() {
    for second: UInt8 in [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0] {
      for first in UInt8.min...UInt8.max {
        Self.check([first, second, 0x80])
        Self.check([first, second, 0x80, 0xBF])
        Self.check([first, second])
      }
    }
  }

  @Test func theEndIsTheEndEvenIfTheSequenceGoesOn() {
    let bytes = Array("é".utf8)
    withScannable(bytes) { base, _ in
      #expect(UTF8Validator.firstFault(in: base, from: 0, to: 1) == 0)
      #expect(UTF8Validator.firstFault(in: base, from: 0, to: 2) == nil)
    }
  }
}
