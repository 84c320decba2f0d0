internal import Records

extension Setting {
  /// The variable that sets it, such as `DPO_PREP_RUN_THREADS`; nil for a setting that decides what
  /// is in a dataset, which no environment shall change unseen.
  package var environmentName: String? {
    guard section == Environment.section else { return nil }
    return Environment.prefix + name.uppercased()
  }
}

extension Environment {
  /// The section whose settings variables can set: none of them changes a byte of the output.
  static let section = "run"
  /// What the names of these variables begin with; other names that begin with `DPO_PREP_` are free.
  static let prefix = "DPO_PREP_RUN_"

  /// The settings that variables set, which win over files and give way to arguments.
  ///
  /// - Throws: every variable with the prefix that sets nothing.
  func runSettings() throws(ConfigurationError) -> [Override] {
    var overrides: [Override] = []
    var diagnostics: [Diagnostic] = []
    for name in names where name.hasPrefix(Self.prefix) {
      do {
        overrides.append(try runSetting(named: name))
      } catch {
        diagnostics += error.diagnostics
      }
    }
    if let first = diagnostics.first {
      throw ConfigurationError(.invalidSettings, first, Array(diagnostics.dropFirst()))
    }
    return overrides
  }

  private func runSetting(named name: String) throws(ConfigurationError) -> Override {
    let known = Setting.all.filter { $0.environmentName != nil }
    guard let setting = known.first(where: { $0.environmentName == name }) else {
      let near = Spelling.nearest(
        to: String(name.dropFirst(Self.prefix.count)), among: known.map(\.name))
      let names = known.compactMap(\.environmentName).joined(separator: ", ")
      throw Self.failure(
        "no setting has this environment variable", name,
        hint: near.map { "did you mean \(Self.prefix)\($0.uppercased())?" }
          ?? "those there are: \(names)")
    }
    let origin = Origin.environment(name)
    switch text(of: name) {
    case .success(let text):
      return Override(
        key: setting.key, node: YAMLNode(.scalar(text, isPlain: true), origin: origin))
    case .failure(let flaw):
      throw Self.failure(
        "this environment variable \(flaw.rawValue)", name,
        hint: "give it a value for \(setting.key), or unset it")
    }
  }

  private static func failure(
    _ message: String, _ name: String, hint: String
  ) -> ConfigurationError {
    ConfigurationError(
      .invalidSettings,
      Diagnostic(.error, message, at: Origin.environment(name).location, hint: hint))
  }
}

extension Configuration {
  /// Takes the settings of the section `run` that variables of the environment set.
  package mutating func takeRunSettings(
    from environment: Environment
  ) throws(ConfigurationError) {
    self = try ResolvedConfiguration(
      files: [], named: "environment", overrides: environment.runSettings(),
      section: Environment.section, over: self
    ).configuration
  }
}
