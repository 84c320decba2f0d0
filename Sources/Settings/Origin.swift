package import Records

/// Where the value of a setting came from.
package enum Origin: Hashable, Sendable {
  /// The setting was not mentioned.
  case builtIn
  /// A configuration file.
  case file(SourceLocation)
  /// A variable of the environment.
  case environment(String)
  /// A `key=value` argument, as it was typed.
  case argument(String)

  /// The place to name in a message; nil for a built-in default.
  package var location: SourceLocation? {
    switch self {
    case .builtIn: nil
    case .file(let location): location
    case .environment(let name): SourceLocation(file: name)
    case .argument: SourceLocation(file: "command line")
    }
  }
}

extension Origin: CustomStringConvertible {
  /// `default`, `prep.yaml:3`, `environment DPO_PREP_RUN_THREADS` or `command line`.
  package var description: String {
    switch self {
    case .builtIn: "default"
    case .file(let location): SourceLocation(file: location.file, line: location.line).description
    case .environment(let name): "environment \(name)"
    case .argument: "command line"
    }
  }
}
