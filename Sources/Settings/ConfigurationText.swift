internal import Glibc
internal import Records

/// A configuration as it was written, the values of a sweep apart from the settings.
struct ConfigurationText {
  /// What the file is called in messages.
  let name: String
  private let isStandardInput: Bool
  /// A mapping without the key `sweep`.
  private let settings: YAMLNode
  /// The section `sweep`; nil where there is none, or nothing in it.
  let sweep: YAMLNode.Entry?

  /// Reads bytes, which should be UTF-8.
  init(
    _ bytes: [UInt8], named name: String, isStandardInput: Bool = false
  ) throws(ConfigurationError) {
    let template = "`dpo-prep config init` prints one to start from"
    guard let root = try YAMLNode.parse(bytes, file: name) else {
      throw ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "the configuration is empty", at: SourceLocation(file: name), hint: template))
    }
    guard case .mapping(let entries) = root.content else {
      throw ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "expected a mapping of settings, found \(root.summary)",
          at: root.origin.location, hint: template))
    }
    self.name = name
    self.isStandardInput = isStandardInput
    settings = YAMLNode(
      .mapping(entries.filter { $0.key != Sweep.section }), origin: root.origin)
    sweep = entries.first { $0.key == Sweep.section && !$0.value.isNull }
  }

  /// Reads a file.
  ///
  /// - Parameter path: `-` is standard input; nil is an empty configuration.
  init(path: String?) throws(ConfigurationError) {
    guard let path else {
      self = try ConfigurationText(Array("{}".utf8), named: "command line")
      return
    }
    let name = path == "-" ? "standard input" : path
    self = try ConfigurationText(
      Self.read(path, named: name), named: name, isStandardInput: path == "-")
  }

  /// The configuration with some settings changed.
  func resolved(_ overrides: [Override]) throws(ConfigurationError) -> ResolvedConfiguration {
    let resolved = try ResolvedConfiguration(
      file: settings, named: name, overrides: overrides)
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
    assignments.assign(file: settings)
    return assignments.nodes[key] != nil
  }

  /// Throws where the values of a sweep would be passed over.
  func refuseSweep() throws(ConfigurationError) {
    guard let sweep else { return }
    throw ConfigurationError(
      .invalidSettings,
      Diagnostic(
        .error, "the section \"\(Sweep.section)\" is for `dpo-prep sweep` alone",
        at: sweep.keyOrigin.location,
        hint: "`dpo-prep sweep \(name)` makes all variants; leave the section out to make one"))
  }
}

extension ConfigurationText {
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
