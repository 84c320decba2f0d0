/// Writes rows of nested values as a Parquet file, from the front to the end.
///
/// The format: <https://github.com/apache/parquet-format>, version 2 with data pages of version 1,
/// which every reader knows. Pages have checksums, bounds and an index. What is in memory is the
/// compressed pages of one row group and a page of each column.
package final class ParquetWriter {
  /// Takes bytes of the file.
  package typealias Output<Failure: Error> = (RawSpan) throws(Failure) -> Void

  /// What the program's own files call their writer.
  package static let name = "dpo-prep"

  private let layout: SchemaNode.Layout
  private let options: ParquetWriterOptions
  private let press: PageCompressionPool
  private let columns: [LeafColumn]
  /// For each leaf the one whose values it has, mostly itself.
  private let sources: [Int]
  /// The leaves that have values of their own.
  private let ownLeaves: [Int]
  /// Rows that are written one by one, on their way to the columns.
  private let encoder: RowEncoder
  /// Memory for the next of them.
  private var encoded: EncodedRows?
  private var metadata: FileMetadata
  private var position: Int64 = 0
  private var groupRowCount: Int64 = 0
  /// After so many rows it is asked whether the row group is full.
  private static let step = 16
  /// The page indexes, which stand behind all rows: of each row group those of its columns.
  private var indexes: [[(offsets: [UInt8], bounds: [UInt8]?)]] = []

  /// - Parameters:
  ///   - columns: The columns of the file.
  ///   - copies: Columns that repeat an earlier one of the same type: they are given no values, and
  ///     cost no second encoding.
  ///   - writer: What calls itself the file's writer.
  package init(
    columns: [ColumnType.Field], copies: [Int: Int] = [:], options: ParquetWriterOptions,
    writer: String
  ) {
    self.options = options
    let layout = SchemaNode.Layout(columns)
    let press = PageCompressionPool(options.compression, workers: options.workers)
    self.layout = layout
    self.press = press
    self.columns = layout.leaves.map { LeafColumn($0, options: options, press: press) }
    var sources = Array(layout.leaves.indices)
    for (copy, source) in copies {
      precondition(columns[copy].type == columns[source].type && source < copy)
      let (copy, source) = (layout.columns[copy].leaves, layout.columns[source].leaves)
      sources.replaceSubrange(copy, with: source)
    }
    self.sources = sources
    ownLeaves = sources.indices.filter { sources[$0] == $0 }
    encoder = RowEncoder(layout)
    metadata = FileMetadata(schema: layout.elements, rowCount: 0, rowGroups: [], writer: writer)
  }

  /// Adds a remark that the file carries, such as a framework's schema.
  package func remark(_ key: String, _ value: String) {
    metadata.remarks.append((key: key, value: value))
  }

  /// Writes a row.
  ///
  /// - Parameters:
  ///   - write: Gives every column its value.
  ///   - output: Takes what can be written.
  package func append<Failure: Error>(
    _ write: (RowEncoder.Row) -> Void, to output: Output<Failure>
  ) throws(Failure) {
    encoder.append(write)
    if encoder.count >= Self.step { try appendEncoded(to: output) }
  }

  /// Writes rows that were encoded for the same columns; what they hold of those that repeat others
  /// is not looked at.
  package func append<Failure: Error>(
    _ rows: EncodedRows, to output: Output<Failure>
  ) throws(Failure) {
    var rest = 0..<rows.count
    while !rest.isEmpty {
      // Summing up over all columns is not free.
      let step = min(Self.step - Int(groupRowCount % Int64(Self.step)), rest.count)
      let next = rest.prefix(step)
      for leaf in ownLeaves { columns[leaf].append(next, of: rows.leaves[leaf]) }
      rest = rest.dropFirst(step)
      groupRowCount += Int64(step)
      if groupRowCount.isMultiple(of: Int64(Self.step)),
        columns.reduce(0, { $0 + $1.byteCount }) >= options.rowGroupByteCount
      {
        try writeRowGroup(to: output)
      }
    }
  }

  private func appendEncoded<Failure: Error>(to output: Output<Failure>) throws(Failure) {
    var rows = encoder.take(reusing: exchange(&encoded, with: nil))
    try append(rows, to: output)
    rows.clear()
    encoded = rows
  }

  /// Ends the file.
  package func finish<Failure: Error>(to output: Output<Failure>) throws(Failure) {
    try appendEncoded(to: output)
    if groupRowCount > 0 { try writeRowGroup(to: output) }
    if position == 0 { try write(FileMetadata.magic, to: output) }
    try writeIndexes(to: output)
    let footer = metadata.bytes(leafCount: layout.leaves.count)
    var end = footer
    PlainEncoder.append(UInt32(footer.count), to: &end)
    try write(end + FileMetadata.magic, to: output)
  }

  // MARK: Parts

  /// Ends the row group, of one row at least; large ones end by themselves.
  package func endRowGroup<Failure: Error>(to output: Output<Failure>) throws(Failure) {
    try appendEncoded(to: output)
    try writeRowGroup(to: output)
  }

  private func writeRowGroup<Failure: Error>(to output: Output<Failure>) throws(Failure) {
    if position == 0 { try write(FileMetadata.magic, to: output) }
    for column in columns { column.endRowGroup() }
    press.finish()
    var group = RowGroup(
      columns: [], rowCount: groupRowCount, byteCount: 0, compressedByteCount: 0,
      ordinal: Int16(exactly: metadata.rowGroups.count))
    var indexes: [(offsets: [UInt8], bounds: [UInt8]?)] = []
    let chunks = columns.map { $0.takeChunk() }
    for (leaf, source) in zip(layout.leaves, sources) {
      var chunk = chunks[source]
      chunk.leaf = leaf
      let described = chunk.metadata(at: position)
      indexes.append((offsets: chunk.offsetIndex(at: position), bounds: chunk.columnIndex))
      for page in chunk.all {
        try write(page.header, to: output)
        try write(page.content, to: output)
      }
      group.columns.append(described)
      group.byteCount += described.byteCount
      group.compressedByteCount += described.compressedByteCount
    }
    self.indexes.append(indexes)
    metadata.rowGroups.append(group)
    metadata.rowCount += groupRowCount
    groupRowCount = 0
  }

  /// Writes the bounds of all pages, then their places.
  private func writeIndexes<Failure: Error>(to output: Output<Failure>) throws(Failure) {
    for (group, columns) in indexes.enumerated() {
      for (column, index) in columns.enumerated() {
        guard let bounds = index.bounds else { continue }
        metadata.rowGroups[group].columns[column].columnIndex =
          position..<(position + Int64(bounds.count))
        try write(bounds, to: output)
      }
    }
    for (group, columns) in indexes.enumerated() {
      for (column, index) in columns.enumerated() {
        metadata.rowGroups[group].columns[column].offsetIndex =
          position..<(position + Int64(index.offsets.count))
        try write(index.offsets, to: output)
      }
    }
  }

  private func write<Failure: Error>(
    _ bytes: [UInt8], to output: Output<Failure>
  ) throws(Failure) {
    position += Int64(bytes.count)
    try output(bytes.span.bytes)
  }
}
