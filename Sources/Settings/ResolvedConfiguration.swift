internal import Records

/// A configuration with the memory of where each value came from.
package struct ResolvedConfiguration: Sendable {
  package let configuration: Configuration
  private let origins: [String: [Origin]]

  /// Where a setting's value came from; several places if only a part was overridden.
  package func origins(of key: String) -> [Origin] { origins[key] ?? [.builtIn] }

  /// Overrides go before the file, the file before the defaults.
  ///
  /// - Parameter section: The only one that is read; settings of others keep their defaults.
  init(
    file: YAMLNode?, named name: String, overrides: [Override], section: String? = nil
  ) throws(ConfigurationError) {
    func isRead(_ key: String) -> Bool { section.map { key.hasPrefix($0 + ".") } ?? true }
    var assignments = Assignments()
    if let file { assignments.assign(file: file) }
    for override in overrides { assignments.assign(override) }

    var configuration = Configuration()
    var diagnostics = assignments.diagnostics
    var origins: [String: [Origin]] = [:]
    var invalidKeys: Set<String> = []
    for setting in Setting.all where isRead(setting.key) {
      if let node = assignments.nodes[setting.key] {
        origins[setting.key] = node.origins
        var problems = ValueProblems(key: setting.key)
        setting.read(node, &configuration, &problems)
        if !problems.diagnostics.isEmpty { invalidKeys.insert(setting.key) }
        diagnostics += problems.diagnostics
      } else if setting.placeholder != nil, !assignments.meantKeys.contains(setting.key) {
        diagnostics.append(Self.missing(setting, in: name))
      }
    }
    // A key whose own value is wrong has been reported; rules that involve it would confuse.
    for flaw in configuration.flaws
    where invalidKeys.isDisjoint(with: flaw.keys) && flaw.keys.allSatisfy(isRead) {
      let place = flaw.keys.lazy.compactMap { origins[$0]?.first?.location }.first
      diagnostics.append(Diagnostic(.error, flaw.message, at: place, hint: flaw.hint))
    }
    diagnostics = diagnostics.inReadingOrder()
    if let first = diagnostics.first {
      throw ConfigurationError(.invalidSettings, first, Array(diagnostics.dropFirst()))
    }
    self.configuration = configuration
    self.origins = origins
  }

  private static func missing(_ setting: Setting, in file: String) -> Diagnostic {
    let example = setting.placeholder.map(\.flowText) ?? ""
    return Diagnostic(
      .error, "\"\(setting.key)\" is missing", at: SourceLocation(file: file),
      hint: "it has no default; write `\(setting.name): \(example)` below `\(setting.section)`")
  }
}

extension [Diagnostic] {
  /// What is wrong in lines of the file from top to bottom, then what is wrong elsewhere.
  fileprivate func inReadingOrder() -> [Diagnostic] {
    func line(_ diagnostic: Diagnostic) -> (Int, Int) {
      (diagnostic.location?.line ?? .max, diagnostic.location?.column ?? .max)
    }
    return enumerated().sorted { first, second in
      let (left, right) = (line(first.element), line(second.element))
      return left != right ? left < right : first.offset < second.offset
    }.map(\.element)
  }
}
