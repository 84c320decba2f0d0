internal import JSON
internal import Settings
internal import Work

/// A configuration file, or none, and what is changed in it.
struct ConfigurationSource: Equatable, Sendable {
  /// `-` is standard input; nil for the defaults alone.
  var path: String?
  /// `key=value` arguments, in order.
  var overrides: [String] = []
}

extension ConfigurationSource {
  /// The configuration and where its values come from.
  ///
  /// - Parameter required: Which settings without a default must have a value; others may be empty.
  func load(_ required: RequiredSettings = .all) throws -> ResolvedConfiguration {
    guard path == "-" else {
      return try Configuration.load(
        path: path, overrides: overrides, environment: .process, required: required)
    }
    return try Interruption.whileWaiting { [overrides] in
      try Configuration.load(
        path: "-", overrides: overrides, environment: .process, required: required)
    }
  }

  /// Takes what operands say; what options have said is said last.
  mutating func add(_ operands: ConfigurationSource) {
    path = operands.path
    overrides = operands.overrides + overrides
  }

  /// Sets a value as if its `key=value` had been typed last; JSON is YAML.
  mutating func set(_ key: String, to value: JSONValue) {
    overrides.append("\(key)=\(String(decoding: value.compact, as: UTF8.self))")
  }
}
