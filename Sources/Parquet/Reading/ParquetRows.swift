package import JSON

/// The rows of a Parquet file as JSON, an object a line.
///
/// Only the columns that are wanted are read, a page of each at a time. Every size and reference of
/// the file is checked before it is followed, so damage is an error.
package final class ParquetRows {
  private let input: any ParquetInput
  private let metadata: FileMetadata
  private let shape: RowShape

  /// The columns' cursors in the current row group, by leaf; nil for those that are not wanted.
  private var cursors: [LeafCursor?] = []
  private var group = -1
  private var rowsLeft: Int64 = 0
  private let memory: PageMemory
  private let rowLimit: Int
  /// Where the present row begins in the output, and how many entries of it were passed over since
  /// it became too long.
  private var rowStart = 0
  private var skippedCount = 0

  /// Reads the metadata of a file.
  ///
  /// - Parameters:
  ///   - wanted: The columns to read; nil for all, each of them welcome.
  ///   - rowLimit: Of a row whose text is longer, in bytes, only the beginning is written, somewhat
  ///     more than the limit, so that it is seen to be too long.
  package init(
    _ input: any ParquetInput, columns wanted: WantedColumns?, rowLimit: Int
  ) throws(ParquetError) {
    self.input = input
    // So that no multiple of it overflows.
    self.rowLimit = min(rowLimit, 1 << 48)
    memory = PageMemory(rowLimit: self.rowLimit)
    metadata = try FileMetadata(of: input)
    let schema = try SchemaReader.columns(of: metadata.schema)
    for group in metadata.rowGroups where group.columns.count != schema.leafCount {
      throw .damaged("a row group has \(group.columns.count) columns, not \(schema.leafCount)")
    }
    shape = try RowShape(schema.columns, wanted: wanted)
  }

  /// How many rows the file says it has.
  package var rowCount: Int64 { metadata.rowCount }

  /// How far the reading has come, as a share of the row groups' bytes.
  package var progress: Double {
    guard group >= 0, !metadata.rowGroups.isEmpty else { return 0 }
    let total = metadata.rowGroups[min(group, metadata.rowGroups.count - 1)].rowCount
    let within = total > 0 ? Double(total - rowsLeft) / Double(total) : 1
    return (Double(group) + within) / Double(metadata.rowGroups.count)
  }

  /// Appends the next row with a line break; false at the end of the file.
  package func next(into output: inout JSONText) throws(ParquetError) -> Bool {
    while rowsLeft == 0 {
      try checkEnd()
      guard group + 1 < metadata.rowGroups.count else {
        group = metadata.rowGroups.count
        return false
      }
      group += 1
      try begin(metadata.rowGroups[group])
    }
    rowsLeft -= 1
    rowStart = output.count
    skippedCount = 0
    try shape.append(to: &output) { (column, _, output) throws(ParquetError) in
      guard column.leaves.isEmpty || levels(column)?.repetition == 0 else {
        throw .damaged("the column has fewer rows than the file")
      }
      try write(column, to: &output)
    }
    return true
  }

  // MARK: Row groups

  private func begin(_ rowGroup: RowGroup) throws(ParquetError) {
    rowsLeft = rowGroup.rowCount
    cursors = Array(repeating: nil, count: rowGroup.columns.count)
    guard rowsLeft > 0 else { return }
    for column in shape.columns { try open(column, in: rowGroup, path: column.name) }
  }

  private func open(
    _ node: ReadNode, in rowGroup: RowGroup, path: String
  ) throws(ParquetError) {
    switch node.kind {
    case .leaf(let leaf):
      do throws(ParquetError) {
        cursors[leaf.index] = try LeafCursor(
          leaf, PageReader(rowGroup.columns[leaf.index], of: leaf, in: input, memory: memory))
      } catch {
        throw error.of(column: path)
      }
    case .structure(let members):
      for member in members { try open(member, in: rowGroup, path: "\(path).\(member.name)") }
    case .list(let element, _, _): try open(element, in: rowGroup, path: path)
    case .unsupported(let reason): throw .unsupported(reason, column: path)
    case .placeholder: break
    }
  }

  /// A row group has no values beyond its rows.
  private func checkEnd() throws(ParquetError) {
    for cursor in cursors {
      if let cursor, cursor.levels != nil {
        throw .damaged("the column has more rows than the file", column: cursor.leaf.name)
      }
    }
    cursors = []
  }

  // MARK: Values

  private func levels(_ node: ReadNode) -> (repetition: UInt8, definition: UInt8)? {
    node.leaves.first.flatMap { cursors[$0]?.levels }
  }

  private func write(_ node: ReadNode, to output: inout JSONText) throws(ParquetError) {
    if case .placeholder = node.kind { return output.append("null") }
    guard let levels = levels(node) else {
      throw .damaged("the columns are of different lengths")
    }
    guard output.count - rowStart <= rowLimit else { return try skip(node) }
    guard levels.definition >= node.definition else {
      output.append("null")
      return try advance(node)
    }
    switch node.kind {
    case .leaf(let leaf):
      try cursors[leaf.index]?.write(to: &output, room: rowLimit - (output.count - rowStart))
      try cursors[leaf.index]?.advance()
    case .structure(let members):
      for (index, member) in members.enumerated() {
        output.append(index == 0 ? "{" : ", ")
        output.append(string: member.name)
        output.append(": ")
        try write(member, to: &output)
      }
      output.append("}")
    case .list(let element, let elements, let repetition):
      output.append("[")
      if levels.definition < elements {
        try advance(node)
      } else {
        try write(element, to: &output)
        while self.levels(node)?.repetition == repetition {
          if output.count - rowStart <= rowLimit { output.append(", ") }
          try write(element, to: &output)
        }
      }
      output.append("]")
    case .unsupported(let reason): throw .unsupported(reason)
    case .placeholder: break
    }
  }

  /// Passes over a value of a row that is too long already.
  private func skip(_ node: ReadNode) throws(ParquetError) {
    skippedCount += 1
    // Each of them, null too, would take a byte of text, so no limit that is asked for reaches so far.
    guard skippedCount <= 2 * rowLimit else {
      throw ParquetError(.beyondRowLimit, "a row has more than \(2 * rowLimit) values")
    }
    guard let levels = levels(node), levels.definition >= node.definition else {
      return try advance(node)
    }
    switch node.kind {
    case .structure(let members):
      for member in members where !member.leaves.isEmpty { try skip(member) }
    case .list(let element, let elements, let repetition) where levels.definition >= elements:
      try skip(element)
      while self.levels(node)?.repetition == repetition { try skip(element) }
    case .leaf, .list, .unsupported, .placeholder: try advance(node)
    }
  }

  /// Passes over the entry that stands in every column for one null or empty list.
  private func advance(_ node: ReadNode) throws(ParquetError) {
    for leaf in node.leaves { try cursors[leaf]?.advance() }
  }
}
