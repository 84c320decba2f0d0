internal import JSON
internal import Parquet

/// Takes one value of a row, whatever the format of the file.
protocol ValueSink {
  mutating func null()
  /// Takes UTF-8.
  mutating func text(_ text: [UInt8])
  mutating func number(_ value: Double)
  mutating func integer(_ value: Int)
  mutating func bool(_ value: Bool)
  /// Takes a message that is a role and a text.
  mutating func message(_ role: StaticString, _ content: [UInt8], _ shape: MessageShape)
  /// Takes a list; `element` is asked for each of its elements in order.
  mutating func list(count: Int, _ element: (Int, inout Self) -> Void)
  /// Takes a structure; `member` is asked for each of its fields in order.
  mutating func structure(_ fields: [ColumnType.Field], _ member: (Int, inout Self) -> Void)
}

extension ValueSink {
  /// Takes a value in a column of this type; what the type cannot hold becomes JSON text.
  mutating func value(_ value: JSONValue?, as type: ColumnType) {
    switch (value, type) {
    case (nil, _), (.null?, _): null()
    case (.bool(let value)?, .boolean): bool(value)
    case (.integer(let value)?, .int64): integer(value)
    case (.integer(let value)?, .double): number(Double(value))
    case (.number(let value)?, .double): number(value)
    case (.string(let value)?, .text): text(value)
    case (.list(let elements)?, .list(let element)):
      list(count: elements.count) { $1.value(elements[$0], as: element) }
    case (.object?, .structure(let fields)):
      structure(fields) { $1.value(value?[fields[$0].name], as: fields[$0].type) }
    case (let value?, _): text(value.compact)
    }
  }
}
