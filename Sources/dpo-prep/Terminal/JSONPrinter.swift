internal import JSON
internal import Records
internal import Work

/// Writes what the user should know for programs: one JSON object each.
struct JSONPrinter: DiagnosticSink {
  let lines: JSONLines

  func report(_ diagnostic: Diagnostic) {
    lines.write(
      Self.document(
        diagnostic, kind: diagnostic.category?.name, status: diagnostic.category?.rawValue))
  }

  /// Tells that the program ends as it was asked to.
  func report(_ interruption: Interruption.Requested) {
    lines.write(
      Self.document(interruption.diagnostic, kind: "interrupted", status: 128 + interruption.signal)
    )
  }

  private static func document(
    _ diagnostic: Diagnostic, kind: String?, status: Int32?
  ) -> JSONValue {
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    func number(_ number: Int?) -> JSONValue { number.map(JSONValue.integer) ?? .null }
    return [
      "type": "diagnostic",
      "severity": .string(diagnostic.severity.rawValue),
      "kind": text(kind),
      "status": number(status.map(Int.init)),
      "code": text(diagnostic.code),
      "file": text(diagnostic.location?.file),
      "line": number(diagnostic.location?.line),
      "column": number(diagnostic.location?.column),
      "message": .string(diagnostic.message),
      "hint": text(diagnostic.hint),
    ]
  }
}
