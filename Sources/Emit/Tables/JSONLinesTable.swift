internal import JSON
internal import Parquet
internal import Records

/// Rows as JSON, one a line.
final class JSONLinesTable: TableFile {
  private var file: CompressedFile?
  private let shape: TableShape
  /// For each column what stands before its value.
  private let labels: [[UInt8]]

  init(
    folder: String, path: String, shape: TableShape, compression: Compression, workers: Int
  ) throws(EmitError) {
    file = try CompressedFile.create(
      folder: folder, path: path, compression: compression, workers: workers)
    self.shape = shape
    labels = shape.columns.enumerated().map { index, column in
      var label = JSONText()
      label.append(index == 0 ? "{" : ", ")
      label.append(string: column.name)
      label.append(": ")
      return label.bytes
    }
  }

  func append(_ row: DatasetRow) throws(EmitError) {
    for own in shape.rowsPerPair {
      try file?.appendRow { encode(row, own: own, to: &$0) }
    }
  }

  func finish() throws(EmitError) -> WrittenFile {
    guard let written = try file.take()?.finish() else {
      preconditionFailure("a file ends once")
    }
    return written
  }

  private func encode(_ row: DatasetRow, own: Column.Side, to line: inout JSONText) {
    var values: [Range<Int>] = []
    for (place, column) in shape.columns.enumerated() {
      line.append(labels[place])
      let start = line.count
      if let same = shape.copies[place] {
        line.appendCopy(of: values[same])
      } else {
        row.write(column, own: own, to: &line)
      }
      values.append(start..<line.count)
    }
    line.append("}\n")
  }
}

extension JSONText: ValueSink {
  mutating func null() { append("null") }

  mutating func text(_ text: [UInt8]) { append(string: text) }

  mutating func number(_ value: Double) { append(value) }

  mutating func integer(_ value: Int) { append(value) }

  mutating func bool(_ value: Bool) { append(value ? "true" : "false") }

  mutating func message(_ role: StaticString, _ content: [UInt8], _ shape: MessageShape) {
    switch shape.dialect {
    case .openAI, .swift, .text:
      append("{\"content\": ")
      append(string: content)
      append(", \"role\": \"")
      append(role)
      append("\"}")
    case .shareGPT:
      append("{\"from\": \"")
      append(role)
      append("\", \"value\": ")
      append(string: content)
      append("}")
    }
  }

  mutating func list(count: Int, _ element: (Int, inout JSONText) -> Void) {
    append("[")
    for index in 0..<count {
      if index > 0 { append(", ") }
      element(index, &self)
    }
    append("]")
  }

  mutating func structure(
    _ fields: [ColumnType.Field], _ member: (Int, inout JSONText) -> Void
  ) {
    append("{")
    for (index, field) in fields.enumerated() {
      if index > 0 { append(", ") }
      append(string: field.name)
      append(": ")
      member(index, &self)
    }
    append("}")
  }
}
