package import JSON

/// What is known of a file of texts that `TextBlocksWriter` has written.
package struct TextBlocks: Equatable, Sendable {
  /// Texts of one bucket, compressed.
  package struct Block: Equatable, Sendable {
    package let bucket: Int
    /// Where it stands in the file.
    package let offset: Int
    package let byteCount: Int
    /// The bytes that it decompresses to.
    package let rawByteCount: Int
  }

  /// In the order of the file.
  package internal(set) var blocks: [Block] = []
  /// Of the whole file.
  package internal(set) var byteCount = 0
  /// The SHA-256 of the file, in hexadecimal.
  package internal(set) var sha256 = ""

  init() {}

  /// Adds what stands behind the last block.
  mutating func append(bucket: Int, byteCount: Int, rawByteCount: Int) {
    blocks.append(
      Block(
        bucket: bucket, offset: self.byteCount, byteCount: byteCount, rawByteCount: rawByteCount))
    self.byteCount += byteCount
  }
}

extension TextBlocks {
  /// Blocks are lists of bucket, bytes in the file and bytes of text; they stand one after the other.
  package var document: JSONValue {
    [
      "bytes": .integer(byteCount),
      "sha256": .string(sha256),
      "blocks": .list(
        blocks.map {
          .list([.integer($0.bucket), .integer($0.byteCount), .integer($0.rawByteCount)])
        }),
    ]
  }

  /// Nil where it is not a document of text blocks.
  package init?(_ document: JSONValue) {
    guard let digest = document["sha256"]?.text, let blocks = document["blocks"]?.elements else {
      return nil
    }
    for block in blocks {
      guard let fields = block.elements, fields.count == 3,
        case .integer(let bucket) = fields[0], bucket >= 0,
        case .integer(let byteCount) = fields[1], byteCount > 0,
        byteCount <= Int.max - self.byteCount,
        case .integer(let rawByteCount) = fields[2], rawByteCount > 0
      else { return nil }
      append(bucket: bucket, byteCount: byteCount, rawByteCount: rawByteCount)
    }
    guard document["bytes"] == .integer(byteCount) else { return nil }
    sha256 = String(decoding: digest, as: UTF8.self)
  }
}
