internal import Records

/// A configuration file after those that it extends, of which each wins over those before it.
struct ConfigurationLayers {
  /// More files than these extend one another by mistake.
  enum Limit {
    static let depth = 16
    static let count = 100
  }

  private(set) var layers: [ConfigurationLayer] = []
  private(set) var paths: PathReading
  /// The names of the files, those that extend before those that they extend.
  private(set) var names: [String] = []
  /// The files that are being read, each extended by the one before it.
  private var open: [ConfigurationFile] = []

  init(_ file: ConfigurationFile, _ environment: Environment) throws(ConfigurationError) {
    paths = PathReading(environment: environment)
    try add(file)
  }

  private mutating func add(_ file: ConfigurationFile) throws(ConfigurationError) {
    let layer = try ConfigurationLayer(file, paths.environment)
    let folder = PathReading.folder(ofFile: file.name)
    if !names.contains(file.name) { names.append(file.name) }
    if layer.pathBase == .config { paths.folders[file.name] = folder }
    open.append(file)
    for base in layer.bases {
      try add(base, path: PathReading.path(base.path, from: folder))
    }
    open.removeLast()
    layers.append(layer)
  }

  private mutating func add(
    _ base: ConfigurationLayer.Base, path: String
  ) throws(ConfigurationError) {
    guard names.count < Limit.count, open.count < Limit.depth else {
      let limit =
        open.count < Limit.depth
        ? "more than \(Limit.count) files belong to this configuration"
        : "more than \(Limit.depth) files extend one another"
      throw Self.failure(limit, base, hint: "put settings that belong together into one file")
    }
    let file: ConfigurationFile
    do {
      // A file may be called `-`; standard input is none that can be read anew.
      file = try ConfigurationFile(path: path == "-" ? "./-" : path)
    } catch {
      let flaw = error.diagnostic
      throw Self.failure(
        "cannot extend \"\(path)\": \(flaw.message)", base, code: error.code,
        hint: PathSpelling.unexpanded(base.path)
          ?? "`extends` names YAML files, relative to the folder of the file that it stands in")
    }
    if let identity = file.identity,
      let start = open.firstIndex(where: { $0.identity == identity })
    {
      let circle = open[start...].map(\.name) + [file.name]
      throw Self.failure(
        "\"\(path)\" extends itself: \(circle.joined(separator: " \u{2192} "))", base,
        hint: "leave one of these files out of `extends`")
    }
    try add(file)
  }

  private static func failure(
    _ message: String, _ base: ConfigurationLayer.Base,
    code: ConfigurationError.Code = .invalidSettings, hint: String?
  ) -> ConfigurationError {
    ConfigurationError(
      code, Diagnostic(.error, message, at: base.origin.location, hint: hint))
  }
}
