package import JSON

extension Diagnostic {
  /// What programs read of it.
  package var members: [JSONValue.Member] {
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    func number(_ number: Int?) -> JSONValue { number.map(JSONValue.integer) ?? .null }
    return [
      .init(name: "code", value: text(code)),
      .init(name: "file", value: text(location?.file)),
      .init(name: "line", value: number(location?.line)),
      .init(name: "column", value: number(location?.column)),
      .init(name: "message", value: .string(message)),
      .init(name: "hint", value: text(hint)),
    ]
  }
}
