internal import Glibc
package import JSON
package import Records

/// Standard output and standard error, written at once and in full.
package enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// A stream that does not take what is written.
  package struct Failure: ReportableError {
    package let diagnostic: Diagnostic
    package var category: FailureCategory { .inputOutput }
  }

  /// Writes text for people.
  package func write(_ text: ShownText) throws(Failure) { try write(file: Array(text.text.utf8)) }

  /// Writes a document for programs.
  package func write(_ document: JSONValue) throws(Failure) { try write(file: document.document) }

  /// Writes what is a file elsewhere.
  package func write(file bytes: [UInt8]) throws(Failure) {
    var position = 0
    while position < bytes.count {
      let rest = bytes.span.extracting(position..<bytes.count)
      let written = rest.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        let reason = String(cString: strerror(errno)).lowercased()
        throw Failure(
          diagnostic: Diagnostic(
            .error, "cannot write to standard \(self == .output ? "output" : "error"): \(reason)"))
      }
      position += written
    }
  }
}
