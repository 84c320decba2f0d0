/// How a file is written.
package struct ParquetWriterOptions: Sendable {
  package enum Compression: Sendable {
    case none, snappy, gzip, zstd
  }

  package var compression: Compression
  /// A page ends with the row that makes it this large, in bytes before compression.
  package var pageByteCount: Int
  /// A row group ends with the row that makes it this large, in bytes before compression.
  package var rowGroupByteCount: Int
  /// A column's texts are numbered as long as those that differ take no more bytes than this.
  package var dictionaryByteCount: Int
  /// How many pages may be compressed at the same time.
  package var workers: Int

  package init(
    compression: Compression = .zstd, pageByteCount: Int = 1 << 20,
    rowGroupByteCount: Int = 64 << 20, dictionaryByteCount: Int = 64 << 10, workers: Int = 1
  ) {
    self.compression = compression
    self.pageByteCount = pageByteCount
    self.rowGroupByteCount = rowGroupByteCount
    self.dictionaryByteCount = dictionaryByteCount
    self.workers = workers
  }

  var codec: PageCompression {
    switch compression {
    case .none: .uncompressed
    case .snappy: .snappy
    case .gzip: .gzip
    case .zstd: .zstd
    }
  }
}
