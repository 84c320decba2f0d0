extension YAMLNode {
  /// What the node holds, for writing.
  var value: ConfigValue {
    switch content {
    case .scalar(let text, isPlain: true):
      switch PlainScalar(text) {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let value): .int(value)
      case .double(let value?): .double(value)
      case .double(nil), .hugeInteger, .text: .string(text)
      }
    case .scalar(let text, isPlain: false): .string(text)
    case .sequence(let elements): .list(elements.map(\.value))
    case .mapping(let entries): .mapping(entries.map { .init($0.key, $0.value.value) })
    }
  }
}
