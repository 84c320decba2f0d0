internal import JSONOutput

/// A JSON document whose objects keep their order, for manifests and summaries.
package indirect enum JSONDocument: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([JSONDocument])
  case object([Member])

  /// A field of an object.
  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: JSONDocument

    package init(name: String, value: JSONDocument) {
      self.name = name
      self.value = value
    }
  }

  /// The text, indented by two spaces, lists of numbers on one line.
  package var text: [UInt8] {
    var output = JSONText()
    write(to: &output, depth: 0)
    output.append("\n")
    return output.bytes
  }

  private func write(to output: inout JSONText, depth: Int) {
    switch self {
    case .null: output.append("null")
    case .bool(let value): output.append(value ? "true" : "false")
    case .integer(let value): output.append(value)
    case .number(let value): output.append(value)
    case .string(let value): output.append(string: value)
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

extension JSONDocument: ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral
{
  /// An object with these fields, in this order.
  package init(dictionaryLiteral members: (String, JSONDocument)...) {
    self = .object(members.map { Member(name: $0.0, value: $0.1) })
  }

  package init(integerLiteral value: Int) { self = .integer(value) }

  package init(stringLiteral value: String) { self = .string(value) }
}
