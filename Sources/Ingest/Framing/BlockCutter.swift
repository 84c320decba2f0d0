internal import Bytes

/// Tells where a reader that takes a text in blocks of some size begins each of them.
///
/// Such readers, as that of `datasets`, take a fixed number of bytes and then the rest of the line.
///
/// `@unchecked Sendable`: it goes with a ``FrameFeed``, which one thread at a time uses.
package final class BlockCutter: @unchecked Sendable {
  private let byteCount: Int
  private var document: DocumentIdentity?
  private var blockStart = 0
  /// The block of the bytes that were seen last.
  private var block = 0

  /// - Parameter byteCount: How many bytes a block has at least.
  package init(byteCount: Int) { self.byteCount = byteCount }

  /// The blocks of a chunk's bytes, each with the offset in the chunk that it begins at.
  ///
  /// - Parameter frame: The frame after that of the last call.
  package func blocks(of frame: Frame) -> [(offset: Int, block: Int)] {
    guard case .chunk(let chunk) = frame else { return [(0, block)] }
    if let document, document != chunk.document {
      block += 1
      blockStart = 0
    }
    document = chunk.document
    // An array is one block, since it is not a value before its end; a table is not JSON.
    guard chunk.rows == nil, let firstByte = chunk.firstByte else { return [(0, block)] }
    if firstByte > blockStart + byteCount {
      block += 1
      blockStart = firstByte
    }
    var blocks = [(offset: 0, block: block)]
    chunk.withBytes { bytes in
      while true {
        let full = blockStart + byteCount - firstByte
        guard full < bytes.count, let end = bytes.firstIndex(of: TextByte.newline, from: full)
        else { return }
        block += 1
        blockStart = firstByte + end + 1
        blocks.append((end + 1, block))
      }
    }
    return blocks
  }
}
