internal import CZstd
internal import Glibc
internal import Records

/// Reads texts of some buckets from a file that `TextBlocksWriter` has written.
package struct TextBlocksReader: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private let index: TextBlocks

  /// Opens the file.
  package init(path: String, _ index: TextBlocks) throws(EmitError) {
    self.path = path
    self.index = index
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .system(.readFailed, "open the file of texts", file: path, errno: errno)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .system(.readFailed, "read the size of the file", file: path, errno: errno)
    }
    guard Int(status.st_size) == index.byteCount else {
      throw TextPieceReader.damage(
        in: path,
        "the file has \(Quantity.count(Int(status.st_size), "byte")), "
          + "not \(Quantity.count(index.byteCount))")
    }
  }

  deinit { close(descriptor) }

  /// Passes on the texts of some buckets: block by block, each in the order in which it was written.
  ///
  /// - Throws: ``EmitError`` where the file is damaged or cannot be read, and what `take` throws.
  package func read(
    buckets: Range<Int>, _ take: (_ prompt: UInt32, _ piece: TextPiece) throws -> Void
  ) throws {
    for block in index.blocks where buckets.contains(block.bucket) {
      var pieces = TextPieceReader(try text(of: block), file: path)
      while let (prompt, piece) = try pieces.next() { try take(prompt, piece) }
    }
  }

  /// Reads a block and decompresses it.
  ///
  /// libzstd works on addresses, with the sizes beside them.
  private func text(of block: TextBlocks.Block) throws(EmitError) -> [UInt8] {
    let compressed = try bytes(of: block)
    // Looked at first: a damaged size may be more than there is memory.
    let size = compressed.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
    var count = 0
    var text: [UInt8] = []
    if size == UInt64(block.rawByteCount) {
      text = [UInt8](unsafeUninitializedCapacity: block.rawByteCount) { output, written in
        let status = compressed.withUnsafeBytes {
          ZSTD_decompress(output.baseAddress, output.count, $0.baseAddress, $0.count)
        }
        count = ZSTD_isError(status) == 0 ? status : 0
        written = count
      }
    }
    guard count == block.rawByteCount else {
      throw TextPieceReader.damage(
        in: path, "the block at byte \(block.offset) cannot be decompressed")
    }
    return text
  }

  private func bytes(of block: TextBlocks.Block) throws(EmitError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: block.byteCount)
    var position = 0
    while position < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(
          descriptor, $0.baseAddress?.advanced(by: position), $0.count - position,
          block.offset + position)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .system(.readFailed, "read the texts", file: path, errno: count < 0 ? errno : EIO)
      }
      position += count
    }
    return bytes
  }
}
