extension JSONValue {
  /// A document of the value, indented by two spaces, lists of scalars on one line.
  package var document: [UInt8] {
    var output = JSONText()
    write(to: &output, depth: 0)
    output.append("\n")
    return output.bytes
  }

  /// The value on one line, as Python's `json.dumps` writes it without escaping what is not ASCII.
  package var compact: [UInt8] {
    var output = JSONText()
    write(to: &output)
    return output.bytes
  }

  /// The value on one line, members sorted by name: the same for objects that hold the same.
  package var canonical: [UInt8] { sorted.compact }

  private var sorted: JSONValue {
    switch self {
    case .list(let elements): .list(elements.map(\.sorted))
    case .object(let members):
      .object(
        members.map { Member(name: $0.name, value: $0.value.sorted) }
          .sorted { $0.name.lexicographicallyPrecedes($1.name) })
    default: self
    }
  }

  /// Appends the value on one line.
  package func write(to output: inout JSONText) {
    switch self {
    case .list(let elements):
      output.append("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(", ") }
        element.write(to: &output)
      }
      output.append("]")
    case .object(let members):
      output.append("{")
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(", ") }
        output.append(string: member.name)
        output.append(": ")
        member.value.write(to: &output)
      }
      output.append("}")
    default: writeScalar(to: &output)
    }
  }

  private func writeScalar(to output: inout JSONText) {
    switch self {
    case .null, .list, .object: output.append("null")
    case .bool(let value): output.append(value ? "true" : "false")
    case .integer(let value): output.append(value)
    case .largeInteger(let digits): output.append(digits)
    case .number(let value): output.append(value)
    case .string(let value): output.append(string: value)
    }
  }

  private func write(to output: inout JSONText, depth: Int) {
    switch self {
    case .list(let elements):
      let isFlat = elements.allSatisfy(\.isScalar)
      output.append("[")
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(isFlat ? ", " : ",") }
        if !isFlat { Self.breakLine(&output, depth + 1) }
        element.write(to: &output, depth: depth + 1)
      }
      if !isFlat { Self.breakLine(&output, depth) }
      output.append("]")
    case .object(let members):
      output.append("{")
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(",") }
        Self.breakLine(&output, depth + 1)
        output.append(string: member.name)
        output.append(": ")
        member.value.write(to: &output, depth: depth + 1)
      }
      if !members.isEmpty { Self.breakLine(&output, depth) }
      output.append("}")
    default: writeScalar(to: &output)
    }
  }

  private var isScalar: Bool {
    switch self {
    case .list, .object: false
    default: true
    }
  }

  private static func breakLine(_ output: inout JSONText, _ depth: Int) {
    output.append("\n")
    for _ in 0..<depth { output.append("  ") }
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral
{
  /// An object with these fields, in this order.
  package init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member(name: $0.0, value: $0.1) })
  }

  package init(integerLiteral value: Int) { self = .integer(value) }

  package init(stringLiteral value: String) { self = .string(value) }
}
