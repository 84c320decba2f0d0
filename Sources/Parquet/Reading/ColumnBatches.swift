/// The rows of a row group, a batch of them after the other.
package final class ColumnBatches {
  private let leaves: [ReadLeaf]
  private let streams: [LeafStream]
  private let end: Int
  private var nextRow: Int
  private var number = 0
  private let batchRowCount: Int

  /// A batch has about so many bytes of text, and never more rows than `rowLimit`.
  private static let byteCount = 2 << 20
  private static let rowLimit = 1024
  /// Of more columns a batch would take too much.
  private static let leafLimit = 1000
  /// Rows with more bytes of text are left to who reads row by row.
  private static let rowByteLimit = 4 << 20

  init(
    _ group: RowGroup, firstRow: Int, _ leaves: [ReadLeaf], in input: any ParquetInput
  ) throws(ParquetError) {
    guard leaves.count <= Self.leafLimit else {
      throw ParquetError(.tooLarge, "there are \(leaves.count) columns to read")
    }
    self.leaves = leaves
    nextRow = firstRow
    end = firstRow + Int(group.rowCount)
    let memory = PageMemory(limit: PageMemory.modest)
    var streams: [LeafStream] = []
    var byteCount: Int64 = 0
    for leaf in leaves {
      let chunk = group.columns[leaf.index]
      streams.append(LeafStream(leaf, try PageReader(chunk, of: leaf, in: input, memory: memory)))
      if leaf.isRead { byteCount = min(byteCount + min(chunk.byteCount, 1 << 40), 1 << 40) }
    }
    self.streams = streams
    // What the file says of its sizes is only a hint.
    let usual = Int64(Self.byteCount) / max(byteCount / group.rowCount, 1)
    batchRowCount = Int(min(max(usual, 1), Int64(Self.rowLimit)))
  }

  /// The next rows; nil at the end of the row group.
  package func next() throws(ParquetError) -> ColumnBatch? {
    guard nextRow < end else {
      for stream in streams { try stream.checkEnd() }
      return nil
    }
    let count = min(batchRowCount, end - nextRow)
    var batch = ColumnBatch(
      firstRow: nextRow, rowCount: count, leaves: leaves.map { LeafEntries($0) })
    for (place, stream) in streams.enumerated() {
      try stream.append(
        rows: count, to: &batch.leaves[place], batch: number, &batch.pages)
    }
    try checkSizes(of: batch)
    number += 1
    nextRow += count
    return batch
  }

  private func checkSizes(of batch: ColumnBatch) throws(ParquetError) {
    var sizes = [Int](repeating: 0, count: batch.rowCount)
    for leaf in batch.leaves where leaf.leaf.type.isBytes && leaf.leaf.isRead {
      for row in sizes.indices {
        for entry in leaf.entries(ofRow: row) { sizes[row] += leaf.text(entry).byteCount }
      }
    }
    guard sizes.allSatisfy({ $0 <= Self.rowByteLimit }) else {
      throw ParquetError(.tooLarge, "a row is long")
    }
  }
}
