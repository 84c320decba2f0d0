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
    let first: [JSONValue.Member] = [
      .init(name: "type", value: "diagnostic"),
      .init(name: "severity", value: .string(diagnostic.severity.rawValue)),
      .init(name: "kind", value: kind.map { .string($0) } ?? .null),
      .init(name: "status", value: status.map { .integer(Int($0)) } ?? .null),
    ]
    return .object(first + diagnostic.members)
  }
}
