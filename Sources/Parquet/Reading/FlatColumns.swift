/// The columns of a Parquet file as numbers and bytes, a row group at a time.
///
/// For columns that are not nested; `ParquetRows` reads all others. Every size and reference of
/// the file is checked before it is followed, so damage is an error.
package final class FlatColumns {
  private let input: any ParquetInput
  private let metadata: FileMetadata
  private let leaves: [String: ReadLeaf]

  /// Reads the metadata of a file.
  package init(_ input: any ParquetInput) throws(ParquetError) {
    self.input = input
    metadata = try FileMetadata(of: input)
    let schema = try SchemaReader.columns(of: metadata.schema)
    for group in metadata.rowGroups where group.columns.count != schema.leafCount {
      throw .damaged("a row group has \(group.columns.count) columns, not \(schema.leafCount)")
    }
    var leaves: [String: ReadLeaf] = [:]
    for column in schema.columns {
      if case .leaf(let leaf) = column.kind, leaf.repetition == 0 { leaves[column.name] = leaf }
    }
    self.leaves = leaves
  }

  /// How many row groups there are.
  package var groupCount: Int { metadata.rowGroups.count }

  /// Reads a column of a row group.
  ///
  /// - Parameter type: What its values have to be.
  package func column(
    _ name: String, _ type: ColumnType, inGroup group: Int
  ) throws(ParquetError) -> FlatColumn {
    guard let leaf = leaves[name] else { throw .damaged("the column is missing", column: name) }
    do throws(ParquetError) {
      guard leaf.type == type.physical else {
        throw .damaged("the column holds values of type \(leaf.type)")
      }
      return try read(leaf, metadata.rowGroups[group])
    } catch {
      throw error.of(column: name)
    }
  }

  private func read(_ leaf: ReadLeaf, _ group: RowGroup) throws(ParquetError) -> FlatColumn {
    let chunk = group.columns[leaf.index]
    guard chunk.valueCount == group.rowCount else {
      throw .damaged("the column has \(chunk.valueCount) values in \(group.rowCount) rows")
    }
    let memory = PageMemory(rowLimit: 0)
    let rowCount = Int(clamping: group.rowCount)
    // A few bytes may stand for any number of rows.
    guard rowCount <= Int.max / FlatColumn.cost else {
      throw ParquetError(.tooLarge, "a row group has \(rowCount) rows")
    }
    try memory.take(FlatColumn.cost * rowCount)
    let pages = try PageReader(chunk, of: leaf, in: input, memory: memory)
    var column = FlatColumn(leaf)
    while let page = try pages.next() {
      try column.append(page, pages.dictionary, memory: memory)
    }
    guard column.count == rowCount else {
      throw .damaged("the column has other rows than the file")
    }
    return column
  }
}
