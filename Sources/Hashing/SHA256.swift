internal import CCrypto

/// SHA-256 (FIPS 180-4), for identities that other tools must be able to recompute: prompt ids,
/// the split of prompts and the digests in the manifest.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// The digest's bytes, 32 of them.
  package typealias Digest = [UInt8]

  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto offers no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes to what is digested.
  package mutating func update(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
  }

  /// The digest of everything added so far.
  package func finish() -> Digest {
    var digest = Digest(repeating: 0, count: 32)
    let copy = EVP_MD_CTX_new()
    EVP_MD_CTX_copy_ex(copy, context)
    EVP_DigestFinal_ex(copy, &digest, nil)
    EVP_MD_CTX_free(copy)
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
