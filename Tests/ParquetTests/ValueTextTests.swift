import Testing

@testable import Parquet

/// Values against what Python's `datetime`, `decimal`, `uuid` and `struct` say of them.
@Suite struct ValueTextTests {
  @Test(
    arguments: [
      (0, "1970-01-01"), (-1, "1969-12-31"), (19782, "2024-02-29"), (11016, "2000-02-29"),
      (-719_162, "0001-01-01"), (2_932_896, "9999-12-31"), (2_932_897, "+10000-01-01"),
      (-719_529, "-0001-12-31"),
    ] as [(Int64, String)])
  func dates(day: Int64, text: String) { #expect(TimeText.date(day) == text) }

  @Test func timesHaveTheDigitsOfTheirUnit() {
    #expect(TimeText.time(0, .milliseconds) == "00:00:00")
    #expect(TimeText.time(86_399_007, .milliseconds) == "23:59:59.007")
    #expect(TimeText.time(3_600_000_001, .microseconds) == "01:00:00.000001")
    #expect(TimeText.timestamp(-1, .nanoseconds) == "1969-12-31T23:59:59.999999999")
    #expect(TimeText.timestamp(1_700_000_000_000, .milliseconds) == "2023-11-14T22:13:20")
    #expect(TimeText.timestamp(.max, .milliseconds).hasPrefix("+292278994-08-17T"))
    #expect(TimeText.timestamp(.min, .microseconds).hasPrefix("-290308-12-21T"))
  }

  /// 2 440 588 is the Julian day of 1 January 1970.
  @Test func dayAndTime() {
    let bytes: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 0x8D, 0x3D, 0x25, 0]
    #expect(TimeText.dayAndTime(bytes.span) == "1970-01-02T00:00:00.000000001")
  }

  @Test(
    arguments: [
      ([], 0, "0"), ([0], 2, "0.00"), ([0xFF], 1, "-0.1"), ([0x80, 0], 0, "-32768"),
      ([0x7F, 0xFF], 3, "32.767"), ([0, 0, 0, 1], 5, "0.00001"),
      ([0x80] + [UInt8](repeating: 0, count: 15), 0, "-170141183460469231731687303715884105728"),
    ] as [([UInt8], Int, String)])
  func decimals(bytes: [UInt8], scale: Int, text: String) throws {
    #expect(try DecimalText.text(bytes.span, scale: scale) == text)
  }

  @Test func decimalsOfNumbers() {
    #expect(DecimalText.text(-5, scale: 2) == "-0.05")
    #expect(DecimalText.text(.min, scale: 0) == "-9223372036854775808")
  }

  @Test func halves() {
    let known: [(UInt16, Double)] = [
      (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504), (0x0001, 0x1p-24), (0x03FF, 0x1.FF8p-15),
      (0x0400, 0x1p-14), (0x7C00, .infinity), (0xFC00, -.infinity), (0x3555, 0.333251953125),
    ]
    for (bits, value) in known { #expect(HalfFloat.value(ofBits: bits) == value) }
    #expect(HalfFloat.value(ofBits: 0x7E00).isNaN)
    #expect(HalfFloat.value(ofBits: 0x8000).sign == .minus)
  }

  @Test func identifiers() {
    let text = UUIDText.text(Array(0..<16).span)
    #expect(text == "00010203-0405-0607-0809-0a0b0c0d0e0f")
  }

  /// Java's framing of LZ4, which pyarrow reads and does not write.
  @Test func blocksOfHadoop() {
    // A block of LZ4 that is 5 bytes as they are.
    let block: [UInt8] = [0x50] + Array("hello".utf8)
    let frame: [UInt8] = [0, 0, 0, 5, 0, 0, 0, 6] + block
    let split: [UInt8] = [0, 0, 0, 10, 0, 0, 0, 6] + block + [0, 0, 0, 6] + block
    func text(_ bytes: [UInt8], _ count: Int) -> String? {
      var isWhole = false
      let output = [UInt8](capacity: count) {
        isWhole = HadoopLZ4.decompress(bytes.span, into: &$0)
      }
      return isWhole ? String(decoding: output, as: UTF8.self) : nil
    }
    #expect(text(block, 5) == "hello")
    #expect(text(frame, 5) == "hello")
    #expect(text(frame + frame, 10) == "hellohello")
    #expect(text(split, 10) == "hellohello")
    #expect(
      text(frame, 4) == nil && text(frame, 6) == nil && text(Array(frame.dropLast()), 5) == nil)
    #expect(text(frame + [0], 5) == nil && text([], 5) == nil)
  }
}
