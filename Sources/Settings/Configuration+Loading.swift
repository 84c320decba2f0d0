internal import Glibc
internal import Records

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
    let name = path == "-" ? "standard input" : path
    let bytes = try read(path, named: name)
    let resolved = try resolve(bytes, named: name, overrides)
    if path == "-", resolved.configuration.input.paths.contains("-") {
      throw ConfigurationError(
        .invalidSettings,
        Diagnostic(
          .error, "standard input cannot hold both the configuration and the data",
          hint: "save the configuration as a file"))
    }
    return resolved
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
    try resolve(bytes, named: name, try Override.parse(overrides))
  }

  private static func resolve(
    _ bytes: [UInt8], named name: String, _ overrides: [Override]
  ) throws(ConfigurationError) -> ResolvedConfiguration {
    let template = "`dpo-prep config init` prints one to start from"
    guard let root = try YAMLNode.parse(bytes, file: name) else {
      throw ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "the configuration is empty", at: SourceLocation(file: name), hint: template))
    }
    guard case .mapping = root.content else {
      throw ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "expected a mapping of settings, found \(root.summary)",
          at: root.origin.location, hint: template))
    }
    return try ResolvedConfiguration(file: root, named: name, overrides: overrides)
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

extension Configuration {
  /// Everything in a file, or a little more than a configuration can have.
  private static func read(
    _ path: String, named name: String
  ) throws(ConfigurationError) -> [UInt8] {
    let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno, named: name) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count <= YAMLNode.Limit.byteCount {
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno, named: name) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  private static func failure(_ code: Int32, named name: String) -> ConfigurationError {
    let place = SourceLocation(file: name)
    switch code {
    case ENOENT, ENOTDIR:
      return ConfigurationError(
        .missingFile,
        Diagnostic(
          .error, "no such configuration file", at: place,
          hint: PathSpelling.unexpanded(name) ?? "`dpo-prep config init > prep.yaml` makes one"))
    case EISDIR:
      return ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "expected a configuration file, found a folder", at: place,
          hint: "name the YAML file, or read the folder's data by dpo-prep run \(name) -o DIR"))
    default:
      return ConfigurationError(
        .unreadableFile,
        Diagnostic(
          .error, "cannot be read: \(String(cString: strerror(code)))", at: place))
    }
  }
}
