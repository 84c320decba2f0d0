extension ConfigValue {
  /// The value as JSON, two spaces a level and a line feed at the end; short lists on one line.
  package var jsonText: String { json(indentation: "") + "\n" }

  private func json(indentation: String) -> String {
    let inner = indentation + "  "
    switch self {
    case .null, .bool, .int, .double: return flowText
    case .string(let text): return Self.escaped(text)
    case .list(let elements):
      if elements.allSatisfy(\.isScalar) {
        return "[\(elements.map { $0.json(indentation: inner) }.joined(separator: ", "))]"
      }
      let lines = elements.map { inner + $0.json(indentation: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indentation)]"
    case .mapping(let entries):
      if entries.isEmpty { return "{}" }
      let lines = entries.map {
        "\(inner)\(Self.escaped($0.key)): \($0.value.json(indentation: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indentation)}"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .list, .mapping: false
    default: true
    }
  }
}
