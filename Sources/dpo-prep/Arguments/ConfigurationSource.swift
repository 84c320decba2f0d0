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
  func load() throws -> ResolvedConfiguration {
    guard path == "-" else {
      return try Configuration.load(
        path: path, overrides: overrides, environment: .process)
    }
    return try Interruption.whileWaiting { [overrides] in
      try Configuration.load(path: "-", overrides: overrides, environment: .process)
    }
  }

  /// Sets a value as if its `key=value` had been typed last; JSON is YAML.
  mutating func set(_ key: String, to value: JSONValue) {
    overrides.append("\(key)=\(String(decoding: value.compact, as: UTF8.self))")
  }
}
