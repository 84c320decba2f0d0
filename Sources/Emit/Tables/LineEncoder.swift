internal import JSON
internal import Parquet

/// Writes rows as JSON, one a line.
struct LineEncoder: Sendable {
  private let shape: TableShape
  /// For each column what stands before its value.
  private let labels: [[UInt8]]

  init(_ shape: TableShape) {
    self.shape = shape
    labels = shape.columns.enumerated().map { index, column in
      var label = JSONText()
      label.append(index == 0 ? "{" : ", ")
      label.append(string: column.name)
      label.append(": ")
      return label.bytes
    }
  }

  /// Appends a row.
  ///
  /// - Parameter own: The answer that the row is made for.
  func append(_ row: DatasetRow, own: Column.Side, to lines: inout JSONText) {
    var values: [Range<Int>] = []
    for (place, column) in shape.columns.enumerated() {
      lines.append(labels[place])
      let start = lines.count
      if let same = shape.copies[place] {
        lines.appendCopy(of: values[same])
      } else {
        row.write(column, own: own, to: &lines)
      }
      values.append(start..<lines.count)
    }
    lines.append("}\n")
  }
}
