/// What a file holds as its first bytes tell, for those who do not know whether it is data at all.
package enum ContentGlance: Equatable, Sendable {
  /// A format that only data comes in, by its name.
  case format(String)
  /// JSON: a list, or an object whose first key is this.
  case jsonList
  case jsonObject(firstKey: String)
  /// Anything else.
  case other

  /// How many bytes are looked at.
  private static let byteCount = 4096

  /// Looks at a regular file; nil for all else, and for what cannot be read.
  package init?(ofFile path: String) {
    // Opening a FIFO would wait for its writer.
    guard FileDigest.exists(path), let bytes = try? Self.beginning(of: path) else { return nil }
    self.init(bytes.span)
  }

  private static func beginning(of path: String) throws(IngestError) -> [UInt8] {
    let file = try OpenFile(path: path, displayName: path)
    return try [UInt8](capacity: byteCount) { room throws(IngestError) in
      _ = try file.append(at: 0, to: &room)
    }
  }

  /// - Parameter bytes: the beginning of a file.
  init(_ bytes: Span<UInt8>) {
    switch ContentFormat(prefix: bytes) {
    case .plain: self = Self.text(bytes)
    case .compressed(let compression): self = .format(compression.rawValue)
    case .tar: self = .format("tar")
    case .zip: self = .format("zip")
    case .parquet: self = .format("Parquet")
    case .arrow: self = .format("Arrow")
    case .unsupported(let name, _): self = .format(name)
    }
  }

  private static func text(_ bytes: Span<UInt8>) -> ContentGlance {
    var place = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    func next() -> UInt8? {
      while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
      return place < bytes.count ? bytes[place] : nil
    }
    switch next() {
    case UInt8(ascii: "["): return .jsonList
    case UInt8(ascii: "{"): place += 1
    default: return .other
    }
    guard next() == UInt8(ascii: "\"") else { return .other }
    var key: [UInt8] = []
    place += 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      key.append(bytes[place])
      place += 1
    }
    return place < bytes.count
      ? .jsonObject(firstKey: String(decoding: key, as: UTF8.self)) : .other
  }
}
