internal import Records

/// The settings of a configuration file, or those that a document records, to be compared.
package struct ComparedConfiguration: Sendable {
  /// A value, and where it came from in words.
  package struct Value: Equatable, Sendable {
    /// nil: it has none, though it needs one.
    package let value: ConfigValue?
    package let origin: String
  }

  /// The file's name.
  package let name: String
  /// By dotted key, axes of sweeps as `sweep.KEY` too; settings that are not recorded are not there.
  package private(set) var values: [String: Value] = [:]
  /// Keys that are recorded and are not settings of this version.
  package private(set) var unknownKeys: [String] = []

  /// Loads a configuration file; what has no default may be missing.
  ///
  /// - Parameter shown: what is compared of the configuration.
  package init(
    path: String, environment: Environment,
    shown: (Configuration) -> Configuration = { $0 }
  ) throws(ConfigurationError) {
    let text = try ConfigurationText(path: path, environment)
    let resolved = try text.resolved(text.runSettings(), required: .none)
    name = text.name
    let configuration = shown(resolved.configuration)
    for setting in Setting.all {
      let isGiven = setting.placeholder == nil || resolved.isMentioned(setting.key)
      values[setting.key] = Value(
        value: isGiven ? setting.value(configuration) : nil,
        origin: isGiven
          ? resolved.origins(of: setting.key).map(\.description).uniqued()
            .joined(separator: ", ") : "not set")
    }
    for sweep in text.sweeps {
      guard case .mapping(let axes) = sweep.value.content else { continue }
      for axis in axes {
        values["\(Sweep.section).\(axis.key)"] = Value(
          value: axis.value.value, origin: axis.value.origin.description)
      }
    }
  }

  /// Reads what a document records.
  ///
  /// - Parameters:
  ///   - recorded: the values, nested as in a file, as JSON.
  ///   - name: the document's name.
  package init(recorded: [UInt8], named name: String) throws(ConfigurationError) {
    self.name = name
    func visit(_ node: YAMLNode, _ key: String) {
      if let setting = Setting.named(key) {
        // As this version writes it.
        var (configuration, problems) = (Configuration(), ValueProblems(key: key))
        setting.read(node, &configuration, &problems)
        let isUnderstood = problems.diagnostics.isEmpty
        values[key] = Value(
          value: isUnderstood ? setting.value(configuration) : node.value, origin: name)
      } else if case .mapping(let entries) = node.content {
        for entry in entries { visit(entry.value, key.isEmpty ? entry.key : "\(key).\(entry.key)") }
      } else {
        unknownKeys.append(key)
      }
    }
    guard let root = try YAMLNode.parse(recorded, file: name) else { return }
    visit(root, "")
  }
}
