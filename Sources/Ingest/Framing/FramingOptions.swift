package import Parquet

/// The sizes that framing works with.
package struct FramingOptions: Sendable {
  /// The usual size of a chunk in bytes; longer rows make longer chunks.
  package let chunkByteCount: Int
  /// The longest row in bytes that is kept in memory.
  package let maximumRowByteCount: Int
  /// How many bytes of a row beyond that are kept for showing.
  package let headByteCount: Int
  /// How much of their text compressed files may refer back to, in bytes.
  package let windowByteCount: Int
  /// The fields of rows that are wanted, where a format can leave others out; nil for all.
  package var columns: WantedColumns?

  /// - Parameters:
  ///   - maximumRowByteCount: The longest row, at least 16 bytes.
  ///   - chunkByteCount: The usual chunk, at most the longest row; by default it fills two large
  ///     pages with its padding, which is more than most compressed text refers back to.
  ///   - headByteCount: What is kept of longer rows.
  ///   - windowByteCount: What compressed files may refer back to.
  package init(
    maximumRowByteCount: Int = 32 << 20, chunkByteCount: Int = (4 << 20) - Chunk.paddingCount,
    headByteCount: Int = 64 << 10, windowByteCount: Int = DecodingWindow.usual
  ) {
    // Fewer bytes would not hold a byte order mark, and a chunk must hold no row above the limit.
    self.maximumRowByteCount = max(maximumRowByteCount, 16)
    self.chunkByteCount = max(min(chunkByteCount, self.maximumRowByteCount), 16)
    self.headByteCount = headByteCount
    self.windowByteCount = windowByteCount
  }
}
