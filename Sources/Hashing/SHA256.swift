internal import CCrypto

/// SHA-256 (FIPS 180-4), for identities that other tools must be able to recompute: prompt ids,
/// the split of prompts and the digests in the manifest.
package struct SHA256: ~Copyable {
  private var context = SHA256_CTX()

  /// The digest's bytes, 32 of them.
  package typealias Digest = [UInt8]

  package init() { SHA256_Init(&context) }

  /// Adds bytes to what is digested.
  package mutating func update(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { _ = SHA256_Update(&context, $0.baseAddress, $0.count) }
  }

  /// The digest of everything added so far.
  package func finish() -> Digest {
    var digest = Digest(repeating: 0, count: 32)
    var copy = context
    SHA256_Final(&digest, &copy)
    return digest
  }

  /// The digest of one piece of bytes.
  package static func digest(of bytes: RawSpan) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  /// The digest of one piece of bytes.
  package static func digest(of bytes: [UInt8]) -> Digest { digest(of: bytes.span.bytes) }
}

extension Collection<UInt8> {
  /// The bytes as lower-case hexadecimal digits, two a byte.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var text = [UInt8]()
    text.reserveCapacity(count * 2)
    for byte in self {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// The bytes that hexadecimal digits, two a byte, stand for; nil for anything else.
  package init?(hexadecimal text: some StringProtocol) {
    let digits = Array<UInt8>(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    self = []
    reserveCapacity(digits.count / 2)
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard
        let byte = UInt8(String(decoding: digits[place..<(place + 2)], as: UTF8.self), radix: 16)
      else { return nil }
      append(byte)
    }
  }
}
