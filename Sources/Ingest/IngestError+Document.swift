package import JSON
internal import Records

extension IngestError {
  /// The error as JSON, without loss.
  package var document: JSONValue {
    [
      "code": .string(code.rawValue), "message": .string(message),
      "location": location?.document ?? .null, "hint": hint.map { .string($0) } ?? .null,
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    guard let code = document.text("code").flatMap(Code.init),
      let message = document.text("message")
    else { return nil }
    self.init(
      code, message, at: document["location"].flatMap(SourceLocation.init),
      hint: document.text("hint"))
  }
}
