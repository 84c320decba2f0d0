import Testing

@testable import Hashing

@Suite struct ChecksumTests {
  /// The pieces do not matter, and the sum is that of the whole.
  @Test(arguments: [1, 7, 240, 241, 4096])
  func piecesMakeTheWhole(size: Int) {
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 7) }
    var sum = Checksum()
    for start in stride(from: 0, to: bytes.count, by: size) {
      sum.update(bytes[start..<min(start + size, bytes.count)].span.bytes)
    }
    #expect(sum.value == Fingerprint.of(bytes.span.bytes))
  }

  /// The value that the xxHash specification gives for no bytes.
  @Test func nothingHasTheKnownSum() {
    #expect(Checksum().value == 0x2D06_8005_38D3_94C2)
  }
}
