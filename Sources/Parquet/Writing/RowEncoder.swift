/// Turns rows of nested values into columns, on one thread.
package final class RowEncoder {
  private let layout: SchemaNode.Layout
  private let columns: [LeafEncoder]

  /// - Parameter columns: The columns of the file.
  package convenience init(columns: [ColumnType.Field]) {
    self.init(SchemaNode.Layout(columns))
  }

  init(_ layout: SchemaNode.Layout) {
    self.layout = layout
    columns = layout.leaves.map { LeafEncoder($0) }
  }

  /// How many rows there are.
  package private(set) var count = 0

  /// The bytes of values so far.
  package var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }

  /// Adds a row.
  ///
  /// - Parameter write: Gives every column its value.
  package func append(_ write: (Row) -> Void) {
    write(Row(nodes: layout.columns, columns: columns))
    for column in columns { column.endRow() }
    count += 1
  }

  /// Takes the rows.
  ///
  /// - Parameter memory: No rows, whose memory the next ones use.
  package func take(reusing memory: consuming EncodedRows? = nil) -> EncodedRows {
    // Each column is exchanged in its place, so that its memory has one owner.
    var rows = memory ?? EncodedRows(leaves: columns.map(\.empty), count: 0)
    for (index, column) in columns.enumerated() { column.exchange(with: &rows.leaves[index]) }
    rows.count = exchange(&count, with: 0)
    return rows
  }

  /// A row being written.
  package struct Row {
    let nodes: [SchemaNode]
    let columns: [LeafEncoder]

    /// How many columns there are.
    package var count: Int { nodes.count }

    /// A column's value, by the place of the column; each has to be given one, but those that
    /// repeat another.
    package subscript(column: Int) -> ValueAppender {
      ValueAppender(node: nodes[column], columns: columns, repetition: 0)
    }
  }
}
