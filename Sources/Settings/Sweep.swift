internal import Records

/// Configurations that differ in a few settings: every combination of the values of some axes.
package struct Sweep: Sendable {
  /// A setting, a part of one or a section, with the values that it takes one after the other.
  package struct Axis: Sendable {
    /// The dotted key as it was written.
    package let key: String
    package let values: [ConfigValue]
  }

  /// A combination of values.
  package struct Variant: Sendable {
    /// From 1; the last axis changes fastest.
    package let number: Int
    /// One for each axis.
    package let values: [ConfigValue]
    package let configuration: Configuration
  }

  package let axes: [Axis]
  package let variants: [Variant]

  /// The key in a configuration file under which axes stand.
  static let section = "sweep"
  /// More variants are a mistake.
  static let limit = 1000

  /// Loads a configuration, its axes and those of arguments.
  ///
  /// - Parameters:
  ///   - path: a YAML file; `-` is standard input; nil for the defaults alone.
  ///   - arguments: `key=value`, which win over the file. A list where one value belongs is an axis.
  ///   - environment: what `Configuration.load` takes from it.
  ///   - writesData: whether every variant needs a folder of its own.
  /// - Throws: everything that is wrong with the file, the arguments and their combinations.
  package init(
    path: String?, arguments: [String], environment: Environment = Environment(),
    writesData: Bool
  ) throws(ConfigurationError) {
    let arguments = try Override.parse(arguments)
    let text = try ConfigurationText(path: path, environment)
    var draft = try SweepDraft(text)
    if !writesData, !text.names("output.dir") { draft.fix(.unusedFolder) }
    for argument in arguments { try draft.add(argument) }
    guard draft.hasAxes else {
      throw ConfigurationError(
        .invalidSettings,
        Diagnostic(
          .error, "no setting has several values", at: SourceLocation(file: text.name),
          hint: "write for example calibration.frac=[0.1,0.3,0.5], or a section `sweep` in the "
            + "configuration"))
    }
    self = try draft.sweep(of: text)
    if writesData { try nameFolders() }
  }

  /// Loads a configuration file that may have axes.
  ///
  /// - Parameter overrides: `key=value` arguments, which have none.
  package init(
    path: String?, overrides: [String], environment: Environment = Environment()
  ) throws(ConfigurationError) {
    let overrides = try Override.parse(overrides)
    let text = try ConfigurationText(path: path, environment)
    var draft = try SweepDraft(text)
    overrides.forEach { draft.fix($0) }
    self = try draft.sweep(of: text)
    if !axes.isEmpty { try nameFolders() }
  }

  init(axes: [Axis], variants: [Variant]) {
    self.axes = axes
    self.variants = variants
  }
}

extension Sweep.Variant {
  /// The values with their settings, as in `calibration.frac=0.3`.
  package func label(_ axes: [Sweep.Axis]) -> String {
    zip(axes, values).map { "\($0.key)=\($1.flowText)" }.joined(separator: ", ")
  }
}

extension Override {
  /// Stands where nothing is written.
  fileprivate static var unusedFolder: Override {
    Override(key: "output.dir", node: YAMLNode(.scalar(".", isPlain: false), origin: .builtIn))
  }
}
