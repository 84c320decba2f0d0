import Testing

@testable import Hashing

@Suite struct SHA256Tests {
  /// NIST's examples for FIPS 180-4, and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func publishedDigests(message: String, digest: String) {
    #expect(SHA256.digest(of: Array(message.utf8)).hexadecimal == digest)
  }

  /// The third example: one million times "a".
  @Test func aMillionBytesInPieces() {
    var hash = SHA256()
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    for _ in 0..<1000 { hash.update(piece.span.bytes) }
    #expect(
      hash.finish().hexadecimal
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func piecesOfAnySizeGiveTheSameDigest() {
    let message = Array((0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) })
    let whole = SHA256.digest(of: message)
    for size in [1, 3, 63, 64, 65, 127, 299] {
      var hash = SHA256()
      for start in stride(from: 0, to: message.count, by: size) {
        hash.update(message[start..<min(start + size, message.count)].span.bytes)
      }
      #expect(hash.finish() == whole, "pieces of \(size)")
    }
  }

  @Test func oneCanGoOnAfterALook() {
    var hash = SHA256()
    hash.update(Array("ab".utf8).span.bytes)
    #expect(hash.finish() == SHA256.digest(of: Array("ab".utf8)))
    hash.update(Array("c".utf8).span.bytes)
    #expect(hash.finish() == SHA256.digest(of: Array("abc".utf8)))
  }

  @Test func hexadecimalHasTwoDigitsAByte() {
    #expect(([0x00, 0x0F, 0xA0, 0xFF] as [UInt8]).hexadecimal == "000fa0ff")
    #expect([UInt8]().hexadecimal.isEmpty)
  }
}
