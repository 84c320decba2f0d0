package import JSON

/// What of a file's columns is read, and how a row of them is put together.
package struct RowShape: Sendable {
  /// The columns that are read, with placeholders for what in them is not.
  package let columns: [ReadNode]
  /// For each of them its place among all columns of the file.
  package let places: [Int]
  /// For each column what stands before its value.
  private let labels: [JSONText]

  /// - Parameter wanted: The columns to read; nil for all, each of them welcome.
  package init(_ all: [ReadNode], wanted: WantedColumns?) throws(ParquetError) {
    var columns: [ReadNode] = []
    var places: [Int] = []
    for (place, column) in all.enumerated() {
      if wanted?.needed.contains(column.name) ?? false {
        try column.withoutFileBytes.checkTypes(path: column.name)
        columns.append(column.withoutFileBytes)
      } else if let wanted {
        guard wanted.welcome.contains(column.name) else { continue }
        columns.append(column.readable)
      } else {
        columns.append(column.withoutFileBytes.readable)
      }
      places.append(place)
    }
    (self.columns, self.places) = (columns, places)
    labels = columns.enumerated().map { index, column in
      var label = JSONText()
      label.append(index == 0 ? "{" : ", ")
      label.append(string: column.name)
      label.append(": ")
      return label
    }
  }

  /// Appends a row with a line break.
  ///
  /// - Parameter write: writes the value of a column, of which it gets the place in ``columns``.
  package func append(
    to output: inout JSONText,
    _ write: (ReadNode, Int, inout JSONText) throws(ParquetError) -> Void
  ) throws(ParquetError) {
    for place in columns.indices {
      labels[place].withBytes { output.append(json: $0) }
      do throws(ParquetError) {
        try write(columns[place], place, &output)
      } catch {
        throw error.of(column: columns[place].name)
      }
    }
    if columns.isEmpty { output.append("{") }
    output.append("}\n")
  }
}
