internal import Hashing
package import JSON

/// The digest of a manifest in the manifest itself: of its bytes with zeros in the digest's place.
package enum ManifestSeal {
  private static let key = "manifest_sha256"
  private static let zeros = String(repeating: "0", count: 64)

  /// The document's text with its digest as the last member.
  package static func sealed(_ document: JSONValue) -> [UInt8] {
    let members = (document.members ?? []) + [.init(name: key, value: .string(zeros))]
    var bytes = JSONValue.object(members).document
    if let place = place(in: bytes) {
      bytes.replaceSubrange(place, with: SHA256.digest(of: bytes).hexadecimal.utf8)
    }
    return bytes
  }

  /// Whether a manifest is as it was written; nil where it has no digest of itself.
  static func isIntact(_ bytes: [UInt8]) -> Bool? {
    guard let place = place(in: bytes) else { return nil }
    var blank = bytes
    blank.replaceSubrange(place, with: zeros.utf8)
    return SHA256.digest(of: blank).hexadecimal.utf8.elementsEqual(bytes[place])
  }

  /// Where the digest is, which is near the end.
  private static func place(in bytes: [UInt8]) -> Range<Int>? {
    let before = Array("\"\(key)\": \"".utf8)
    let length = before.count + zeros.utf8.count
    guard bytes.count >= length else { return nil }
    let near = max(0, bytes.count - length - 16)
    for start in (near...(bytes.count - length)).reversed()
    where bytes[start..<(start + before.count)].elementsEqual(before) {
      return (start + before.count)..<(start + length)
    }
    return nil
  }
}
