internal import Records

/// A `key=value` argument.
struct Override {
  /// The dotted key as typed.
  let key: String
  let node: YAMLNode

  var path: [String] {
    key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  init(key: String, node: YAMLNode) {
    self.key = key
    self.node = node
  }

  /// Reads an argument; the value is YAML, except that a lone `-` is the text `-`.
  init(_ argument: String) throws(ConfigurationError) {
    let bytes = Array(argument.utf8)
    guard let separator = bytes.firstIndex(of: UInt8(ascii: "=")), separator > 0 else {
      throw ConfigurationError(
        .malformedOverride,
        Diagnostic(
          .error, "expected key=value, found \(quoted(argument))",
          hint: "write for example calibration.frac=0.5"))
    }
    key = String(decoding: bytes[..<separator], as: UTF8.self)
    let value = Array(bytes[(separator + 1)...])
    let origin = Origin.argument(argument)
    if value == [UInt8(ascii: "-")] {
      node = YAMLNode(.scalar("-", isPlain: false), origin: origin)
      return
    }
    do {
      node =
        try YAMLNode.parse(value, file: "command line", argument: argument)
        ?? YAMLNode(.scalar("", isPlain: true), origin: origin)
    } catch {
      let flaw = error.diagnostic
      throw ConfigurationError(
        .malformedOverride,
        Diagnostic(
          .error, "\(flaw.message) in \(quoted(argument))", at: flaw.location, hint: flaw.hint))
    }
  }

  /// Reads all arguments, or reports every one that is malformed.
  static func parse(_ arguments: [String]) throws(ConfigurationError) -> [Override] {
    var overrides: [Override] = []
    var diagnostics: [Diagnostic] = []
    for argument in arguments {
      do {
        overrides.append(try Override(argument))
      } catch {
        diagnostics += error.diagnostics
      }
    }
    if let first = diagnostics.first {
      throw ConfigurationError(.malformedOverride, first, Array(diagnostics.dropFirst()))
    }
    return overrides
  }
}
