extension Configuration {
  /// Loads a configuration file.
  ///
  /// - Parameters:
  ///   - path: a YAML file; `-` is standard input.
  ///   - overrides: `key=value` arguments, which win over the file; the last wins over the others.
  /// - Throws: everything that is wrong with the file and the arguments.
  package static func load(
    path: String, overrides: [String] = []
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    let overrides = try Override.parse(overrides)
    let text = try ConfigurationText(path: path)
    try text.refuseSweep()
    return try text.resolved(overrides)
  }

  /// Reads a configuration from text, as `load(path:overrides:)` does from a file.
  ///
  /// - Parameter name: the file's name in messages.
  package static func parse(
    _ text: String, named name: String, overrides: [String] = []
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    try parse(Array(text.utf8), named: name, overrides: overrides)
  }

  /// Reads a configuration from bytes, which should be UTF-8.
  package static func parse(
    _ bytes: [UInt8], named name: String, overrides: [String] = []
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    let overrides = try Override.parse(overrides)
    let text = try ConfigurationText(bytes, named: name)
    try text.refuseSweep()
    return try text.resolved(overrides)
  }
}

extension Configuration.Calibration {
  /// Reads this section alone, for those who need no other.
  ///
  /// - Parameter overrides: `calibration.key=value` arguments; the last wins over the others.
  package static func parse(overrides: [String]) throws(ConfigurationError) -> Self {
    try ResolvedConfiguration(
      file: nil, named: "settings", overrides: try Override.parse(overrides),
      section: "calibration"
    ).configuration.calibration
  }
}
