internal import Hashing
package import JSON
package import Records

extension RejectedRow {
  /// The row as JSON, without loss.
  package var document: JSONValue {
    [
      "location": location.document, "code": .string(code.rawValue), "message": .string(message),
      "hint": .string(hint), "byte_count": .integer(byteCount),
      // No text can hold what is not UTF-8.
      bytes.isText ? "text" : "hexadecimal":
        bytes.isText ? .string(bytes) : .string(bytes.hexadecimal),
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    guard let location = document["location"].flatMap(SourceLocation.init),
      let code = document.text("code").flatMap(FaultCode.init),
      let message = document.text("message"),
      let hint = document.text("hint"), let byteCount = document.integer("byte_count"),
      let bytes = document["text"]?.text
        ?? document.text("hexadecimal").flatMap([UInt8].init(hexadecimal:))
    else { return nil }
    self.init(
      location: location, code: code, message: message, hint: hint, bytes: bytes,
      byteCount: byteCount)
  }
}

extension [UInt8] {
  /// Whether this is UTF-8.
  fileprivate var isText: Bool { String(validating: self, as: UTF8.self) != nil }
}
