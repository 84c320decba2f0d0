internal import JSON
internal import Parquet
internal import Records

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
