extension InputFile {
  /// How many rows the file has: of Parquet what its footer says, else they are counted.
  ///
  /// - Parameter checkpoint: Called between chunks.
  package func rowCount(checkpoint: () throws -> Void) throws -> Int {
    if let rows = try parquetRowCount() { return rows }
    let reader = try ChunkReader(self, fileIndex: 0)
    var rows = 0
    while let frame = try reader.next() {
      try checkpoint()
      guard case .chunk(let chunk) = frame else { continue }
      chunk.forEachRow { _, _ in
        rows += 1
        return true
      }
    }
    return rows
  }
}
