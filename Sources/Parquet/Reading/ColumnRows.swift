/// The rows of a Parquet file by columns, for those who want to know some columns of all rows.
///
/// Only what is simple is read, and whatever is not as it should be is an error: ``ParquetRows``
/// reads all files, and says what is wrong with those that cannot be read.
package struct ColumnRows: Sendable {
  /// The columns as ``ParquetRows`` gives them where it is asked for all.
  package let columns: [ReadNode]
  /// The row groups that have rows, and the place of the first row of each.
  private let groups: [(group: RowGroup, firstRow: Int)]

  private let isOurs: Bool

  /// More rows than these are left to who reads one after the other.
  private static let rowLimit = Int64(UInt32.max)

  /// Reads the metadata of a file.
  package init(_ input: any ParquetInput) throws(ParquetError) {
    let metadata = try FileMetadata(of: input)
    isOurs = metadata.writer == ParquetWriter.name
    let schema = try SchemaReader.columns(of: metadata.schema)
    columns = try RowShape(schema.columns, wanted: nil).columns
    var groups: [(group: RowGroup, firstRow: Int)] = []
    var count: Int64 = 0
    for group in metadata.rowGroups {
      guard group.columns.count == schema.leafCount else {
        throw .damaged("a row group has \(group.columns.count) columns, not \(schema.leafCount)")
      }
      guard group.rowCount <= Self.rowLimit - count else {
        throw ParquetError(.tooLarge, "the file has more rows than are numbered")
      }
      if group.rowCount > 0 { groups.append((group, Int(count))) }
      count += group.rowCount
    }
    self.groups = groups
    rowCount = Int(count)
  }

  /// How many rows the file says it has.
  package let rowCount: Int

  /// How many row groups have rows.
  package var groupCount: Int { groups.count }

  /// The places of a row group's rows in the file.
  package func rows(ofGroup number: Int) -> Range<Int> {
    let (group, firstRow) = groups[number]
    return firstRow..<(firstRow + Int(group.rowCount))
  }

  /// Whether every value of a column is there, down to its first leaf, as the file counts its nulls.
  ///
  /// Writers differ in whether they count what stands for empty lists and for members of structures
  /// that are null, so of these it is believed of this module's files only.
  package func isWhole(_ node: ReadNode) -> Bool {
    guard let leaf = node.leaves.first, isOurs || node.isScalar else { return false }
    return groups.allSatisfy { $0.group.columns[leaf].nullCount == 0 }
  }

  /// The batches of a row group.
  ///
  /// - Parameter leaves: The leaves to read.
  package func batches(
    ofGroup number: Int, _ leaves: [ReadLeaf], in input: any ParquetInput
  ) throws(ParquetError) -> ColumnBatches {
    try ColumnBatches(groups[number].group, firstRow: groups[number].firstRow, leaves, in: input)
  }
}
