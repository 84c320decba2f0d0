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
  package fileprivate(set) var values: [String: Value] = [:]
  /// Keys that are recorded and are no settings of this version.
  package fileprivate(set) var unknownKeys: [String] = []

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

/// What differs between two configurations.
package struct ConfigurationComparison: Sendable {
  package typealias Value = ComparedConfiguration.Value

  /// A setting with different values.
  package struct Difference: Sendable {
    package let key: String
    package let old: Value
    package let new: Value
  }

  package let old: ComparedConfiguration
  package let new: ComparedConfiguration
  /// In the order of the table of settings.
  package let differences: [Difference]
  /// Settings that only one of them records, and that are not compared.
  package let uncompared: [String]

  package init(_ old: ComparedConfiguration, _ new: ComparedConfiguration) {
    (self.old, self.new) = (old, new)
    let settings = Setting.all.map(\.key)
    let axes = (Array(old.values.keys) + new.values.keys)
      .filter { $0.hasPrefix(Sweep.section + ".") }.uniqued().sorted()
    let absent = Value(value: nil, origin: "not set")
    var differences: [Difference] = []
    var uncompared: [String] = []
    for key in settings + axes {
      // A file has every setting, and an axis where it has one.
      let isAxis = key.hasPrefix(Sweep.section + ".")
      let (first, second) = (
        old.values[key] ?? (isAxis ? absent : nil), new.values[key] ?? (isAxis ? absent : nil)
      )
      guard let first, let second else {
        if first != nil || second != nil { uncompared.append(key) }
        continue
      }
      if first.value != second.value {
        differences.append(Difference(key: key, old: first, new: second))
      }
    }
    self.differences = differences
    self.uncompared = uncompared
  }
}
