internal import JSON
package import Parquet

/// A table that is one file: columns of plain values, any of which may be null, as Parquet or as JSON
/// Lines.
package struct RecordTable: Sendable {
  /// A value of a column.
  package enum Value: Sendable {
    case null
    /// UTF-8.
    case text([UInt8])
    case integer(Int)
    case number(Double)
  }

  package let columns: [ColumnType.Field]
  package let format: DataFormat

  package init(columns: [ColumnType.Field], format: DataFormat) {
    self.columns = columns
    self.format = format
  }

  /// What a file of this name holds; nil where the name does not say.
  ///
  /// `-` and the names of open descriptors mean JSON Lines.
  package static func format(ofFile path: String) -> DataFormat? {
    if OutputPath.isDescriptor(path) { return .jsonl(.none) }
    if path.hasSuffix(".parquet") { return .parquet(.zstd) }
    return TextCompression.allCases.first { path.hasSuffix(".jsonl" + $0.fileExtension) }
      .map(DataFormat.jsonl)
  }
}

/// Encodes rows of a table on one thread; another one may write them.
package struct RecordEncoder: ~Copyable {
  private let columns: [ColumnType.Field]
  /// Nil where rows are lines.
  private let rows: RowEncoder?
  private var lines = JSONText()
  /// For each column what stands before its value in a line.
  private let labels: [[UInt8]]
  private var count = 0

  package init(_ table: RecordTable) {
    columns = table.columns
    if case .parquet = table.format { rows = RowEncoder(columns: columns) } else { rows = nil }
    labels = columns.enumerated().map { place, column in
      var label = JSONText()
      label.append(place == 0 ? "{" : ", ")
      label.append(string: column.name)
      label.append(": ")
      return label.bytes
    }
  }

  /// Adds a row.
  ///
  /// - Parameter value: The value of a column, by its place.
  package mutating func append(_ value: (Int) -> RecordTable.Value) {
    count += 1
    guard let rows else {
      for column in columns.indices {
        lines.append(labels[column])
        lines.append(value(column))
      }
      return lines.append("}\n")
    }
    rows.append { row in
      for column in columns.indices {
        switch value(column) {
        case .null: row[column].null()
        case .text(let text): row[column].text(text)
        case .integer(let value): row[column].integer(Int64(value))
        case .number(let value): row[column].number(value)
        }
      }
    }
  }

  /// Takes the rows.
  package mutating func take() -> RecordBatch {
    let rowCount = exchange(&count, with: 0)
    guard let rows else {
      return RecordBatch(rows: .lines(exchange(&lines, with: JSONText())), rowCount: rowCount)
    }
    return RecordBatch(rows: .columns(rows.take()), rowCount: rowCount)
  }
}

/// Rows of a table, encoded as they will stand in its file.
package struct RecordBatch: Sendable {
  enum Rows: Sendable {
    case lines(JSONText)
    case columns(EncodedRows)
  }

  let rows: Rows
  let rowCount: Int
}

extension JSONText {
  fileprivate mutating func append(_ value: RecordTable.Value) {
    switch value {
    case .null: append("null")
    case .text(let text): append(string: text)
    case .integer(let value): append(value)
    case .number(let value): append(value)
    }
  }
}
