internal import CCrypto

/// SHA-256 (FIPS 180-4), for identities that other tools must be able to recompute: prompt ids,
/// the split of prompts and the digests in the manifest.
package struct SHA256: ~Copyable {
  private var context = SHA256_CTX()

  /// The digest's bytes, 32 of them.
  package typealias Digest = [UInt8]

  package init() { SHA256_Init(&context) }

  /// Adds bytes to what is digested.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    SHA256_Update(&context, bytes.baseAddress, bytes.count)
  }

  /// The digest of everything added so far.
  package func finish() -> Digest {
    var digest = Digest(repeating: 0, count: 32)
    var copy = context
    SHA256_Final(&digest, &copy)
    return digest
  }

  /// The digest of one piece of bytes.
  package static func digest(of bytes: some Collection<UInt8>) -> Digest {
    var hash = SHA256()
    if bytes.withContiguousStorageIfAvailable({ hash.update(UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes { hash.update($0) }
    }
    return hash.finish()
  }
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
