internal import Records

/// A configuration with the memory of where each value came from.
package struct ResolvedConfiguration: Sendable {
  package let configuration: Configuration
  private let origins: [String: [Origin]]

  /// Where a setting's value came from; several places if only a part was overridden.
  package func origins(of key: String) -> [Origin] { origins[key] ?? [.builtIn] }

  /// Whether a setting was given a value.
  func isMentioned(_ key: String) -> Bool { origins[key] != nil }

  /// Overrides go before files, later files before earlier ones, files before the defaults.
  ///
  /// - Parameters:
  ///   - paths: how paths in files are understood; nil to take them as they are.
  ///   - readingOrder: the names of the files, in the order in which errors are told.
  ///   - required: which settings without a default must have a value.
  ///   - section: the only one that is read; settings of others keep their defaults.
  ///   - defaults: what settings are that are not mentioned.
  init(
    files: [YAMLNode], named name: String, overrides: [Override], paths: PathReading? = nil,
    readingOrder: [String] = [], required: RequiredSettings = .all, section: String? = nil,
    over defaults: Configuration = .init()
  ) throws(ConfigurationError) {
    func isRead(_ key: String) -> Bool { section.map { key.hasPrefix($0 + ".") } ?? true }
    var assignments = Assignments()
    for file in files { assignments.assign(file: file) }
    for override in overrides { assignments.assign(override) }

    var configuration = defaults
    var diagnostics = assignments.diagnostics
    var origins: [String: [Origin]] = [:]
    var invalidKeys: Set<String> = []
    for setting in Setting.all where isRead(setting.key) {
      if let node = assignments.nodes[setting.key] {
        origins[setting.key] = node.origins
        var problems = ValueProblems(key: setting.key)
        var meant: YAMLNode? = node
        if setting.holdsPaths, let paths { meant = paths.resolved(node, &problems) }
        if let meant { setting.read(meant, &configuration, &problems) }
        if !problems.diagnostics.isEmpty { invalidKeys.insert(setting.key) }
        diagnostics += problems.diagnostics
      } else if required.contains(setting), !assignments.meantKeys.contains(setting.key) {
        diagnostics.append(Self.missing(setting, in: name))
      }
    }
    // A key whose own value is wrong has been reported; rules that involve it would confuse.
    for flaw in configuration.flaws
    where invalidKeys.isDisjoint(with: flaw.keys) && flaw.keys.allSatisfy(isRead) {
      let place = flaw.keys.lazy.compactMap { origins[$0]?.first?.location }.first
      diagnostics.append(Diagnostic(.error, flaw.message, at: place, hint: flaw.hint))
    }
    diagnostics = diagnostics.inReadingOrder(of: readingOrder)
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
  /// What is wrong in lines of files from top to bottom, then what is wrong elsewhere.
  ///
  /// - Parameter files: their names in order; all others come after them.
  fileprivate func inReadingOrder(of files: [String]) -> [Diagnostic] {
    func place(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
      guard let location = diagnostic.location, let line = location.line else {
        return (.max, .max, .max)
      }
      return (
        files.firstIndex(of: location.file) ?? files.count, line, location.column ?? .max
      )
    }
    return enumerated().sorted { first, second in
      let (left, right) = (place(first.element), place(second.element))
      return left != right ? left < right : first.offset < second.offset
    }.map(\.element)
  }
}
