internal import Glibc

/// The variables of the environment.
package struct Environment: Sendable {
  private let variables: [String: [UInt8]]

  /// An environment with just these variables.
  package init(_ variables: [String: String] = [:]) {
    self.variables = variables.mapValues { Array($0.utf8) }
  }

  private init(_ variables: [String: [UInt8]]) { self.variables = variables }

  /// That of this process.
  package static var process: Environment {
    var variables: [String: [UInt8]] = [:]
    var place = environ
    while let entry = place.pointee {
      let bytes = UnsafeBufferPointer(start: entry, count: strlen(entry)).map(
        UInt8.init(bitPattern:))
      if let end = bytes.firstIndex(of: UInt8(ascii: "=")) {
        // Of two with the same name, getenv(3) finds the first.
        let name = String(decoding: bytes[..<end], as: UTF8.self)
        if variables[name] == nil { variables[name] = Array(bytes[(end + 1)...]) }
      }
      place += 1
    }
    return Environment(variables)
  }

  /// Every name, in the order of their bytes.
  var names: [String] {
    variables.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The text of a variable, or why it has none.
  func text(of name: String) -> Result<String, Flaw> {
    guard let bytes = variables[name] else { return .failure(.unset) }
    guard !bytes.isEmpty else { return .failure(.empty) }
    guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(.notUTF8) }
    return .success(text)
  }

  /// Why a variable has no text.
  enum Flaw: String, Error {
    case unset = "is not set"
    case empty = "is empty"
    case notUTF8 = "is not valid UTF-8"
  }
}
