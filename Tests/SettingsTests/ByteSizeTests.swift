import Testing

@testable import Settings

@Suite struct ByteSizeTests {
  @Test(
    arguments: [
      ("1KiB", 1024), ("2 GiB", 2_147_483_648), ("1.5MB", 1_500_000), ("0.5KiB", 512),
      ("3GB", 3_000_000_000), ("1KB", 1000), ("64MiB", 67_108_864), ("0KB", 0),
      ("1TB", nil), ("1kb", nil), ("KiB", nil), (" KiB", nil), ("-1KiB", nil), ("+1KiB", nil),
      ("1e3KiB", nil), (".5KiB", nil), ("1.KiB", nil), ("1  KiB", nil), ("0x1KiB", nil),
      ("99999999999999GiB", nil), ("9999999999.5GiB", nil), ("1", nil), ("", nil), ("nanMB", nil),
      ("GiBGiB", nil),
    ] as [(String, Int?)])
  func textsWithUnits(text: String, expected: Int?) {
    #expect(ByteSize.byteCount(text) == expected)
  }

  @Test(arguments: [1 << 10, 3 << 20, 2 << 30, 1000, 1025, 0, 1, (1 << 40) + 1])
  func whatIsWrittenIsReadAgain(byteCount: Int) {
    switch ByteSize.value(of: byteCount) {
    case .int(let number): #expect(number == byteCount)
    case .string(let text): #expect(ByteSize.byteCount(text) == byteCount)
    default: Issue.record("neither a number nor a text")
    }
  }
}
