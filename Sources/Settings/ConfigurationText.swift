internal import Records

/// A configuration as it was written, the values of a sweep apart from the settings.
struct ConfigurationText {
  /// What the file is called in messages.
  let name: String
  /// The file's own and before it those of the files that it extends; each wins over those before.
  private let layers: ConfigurationLayers
  private let isStandardInput: Bool

  /// Takes a file's text, and reads the files that it extends.
  init(_ file: ConfigurationFile, _ environment: Environment) throws(ConfigurationError) {
    name = file.name
    isStandardInput = file.name == ConfigurationFile.standardInput
    layers = try ConfigurationLayers(file, environment)
  }

  /// Reads a file.
  ///
  /// - Parameter path: `-` is standard input; nil is an empty configuration.
  init(path: String?, _ environment: Environment) throws(ConfigurationError) {
    let file =
      if let path {
        try ConfigurationFile(path: path)
      } else {
        ConfigurationFile(Array("{}".utf8), named: "command line")
      }
    try self.init(file, environment)
  }

  /// The values of a sweep by the settings' keys, with those of extended files first.
  var sweeps: [YAMLNode.Entry] { layers.layers.compactMap(\.sweep) }

  /// The settings that the environment sets.
  func runSettings() throws(ConfigurationError) -> [Override] {
    try layers.paths.environment.runSettings()
  }

  /// The configuration with some settings changed.
  ///
  /// - Parameters:
  ///   - overrides: those of the environment come before arguments.
  ///   - required: which settings without a default must have a value.
  func resolved(
    _ overrides: [Override], required: RequiredSettings = .all
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    let resolved = try ResolvedConfiguration(
      files: layers.layers.map(\.settings), named: name, overrides: overrides,
      paths: layers.paths, readingOrder: layers.names, required: required)
    if isStandardInput, resolved.configuration.input.paths.contains("-") {
      throw ConfigurationError(
        .invalidSettings,
        Diagnostic(
          .error, "standard input cannot hold both the configuration and the data",
          hint: "save the configuration as a file"))
    }
    return resolved
  }

  /// Whether a setting is given a value.
  func names(_ key: String) -> Bool {
    var assignments = Assignments()
    for layer in layers.layers { assignments.assign(file: layer.settings) }
    return assignments.nodes[key] != nil
  }

  /// Throws where the values of a sweep would be passed over.
  func refuseSweep() throws(ConfigurationError) {
    guard let sweep = sweeps.last else { return }
    throw ConfigurationError(
      .invalidSettings,
      Diagnostic(
        .error, "the section \"\(Sweep.section)\" is for `dpo-prep sweep` alone",
        at: sweep.keyOrigin.location,
        hint: "`dpo-prep sweep \(name)` makes all variants; leave the section out to make one"))
  }
}
