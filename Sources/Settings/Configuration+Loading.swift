extension Configuration {
  /// Loads a configuration file with those that it extends.
  ///
  /// - Parameters:
  ///   - path: a YAML file; `-` is standard input; nil is none.
  ///   - overrides: `key=value` arguments, which win over the environment, which wins over the file;
  ///     the last wins over the others.
  ///   - required: which settings without a default must have a value; others may be empty.
  ///   - environment: what `${NAME}` in paths stands for, and settings of the section `run`.
  /// - Throws: everything that is wrong with the files, the environment and the arguments.
  package static func load(
    path: String?, overrides: [String] = [], environment: Environment = Environment(),
    required: RequiredSettings = .all
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    let overrides = try Override.parse(overrides)
    return try resolved(ConfigurationText(path: path, environment), overrides, required)
  }

  /// Reads a configuration from text, as `load` does from a file.
  ///
  /// - Parameter name: the file's name in messages.
  package static func parse(
    _ text: String, named name: String, overrides: [String] = [],
    environment: Environment = Environment()
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    try parse(Array(text.utf8), named: name, overrides: overrides, environment: environment)
  }

  /// Reads a configuration from bytes, which should be UTF-8.
  package static func parse(
    _ bytes: [UInt8], named name: String, overrides: [String] = [],
    environment: Environment = Environment()
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    let overrides = try Override.parse(overrides)
    let file = ConfigurationFile(bytes, named: name)
    return try resolved(ConfigurationText(file, environment), overrides, .all)
  }

  /// Reads values that ``resolvedValues()`` gave, which are taken as they are.
  ///
  /// - Parameter name: the name of the document that holds them in messages.
  package static func recorded(
    _ values: [UInt8], named name: String
  ) throws(ConfigurationError) -> Configuration {
    let layer = try ConfigurationLayer(
      ConfigurationFile(values, named: name), Environment())
    return try ResolvedConfiguration(files: [layer.settings], named: name, overrides: [])
      .configuration
  }

  private static func resolved(
    _ text: ConfigurationText, _ overrides: [Override], _ required: RequiredSettings
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    try text.refuseSweep()
    return try text.resolved(text.runSettings() + overrides, required: required)
  }
}

extension Configuration.Calibration {
  /// Reads this section alone, for those who need no other.
  ///
  /// - Parameter overrides: `calibration.key=value` arguments; the last wins over the others.
  package static func parse(overrides: [String]) throws(ConfigurationError) -> Self {
    try ResolvedConfiguration(
      files: [], named: "settings", overrides: try Override.parse(overrides),
      section: "calibration"
    ).configuration.calibration
  }
}
