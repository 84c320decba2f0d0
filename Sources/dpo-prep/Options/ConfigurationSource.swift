internal import Arguments
internal import JSON
internal import Settings
internal import Work

/// A configuration file, or none, and what is changed in it.
struct ConfigurationSource: Equatable, Sendable {
  /// `-` is standard input; nil for the defaults alone.
  var path: String?
  /// `key=value` arguments, in order.
  var overrides: [String] = []
  /// What options and operands set.
  private var named: [NamedSetting] = []

  /// A setting that an option or an operand stands for.
  private struct NamedSetting: Equatable, Sendable {
    /// The option or operand, as it is typed.
    var name: String
    var key: String
    /// What it is short for.
    var argument: String
  }

  init(path: String? = nil, overrides: [String] = []) {
    (self.path, self.overrides) = (path, overrides)
  }
}

extension ConfigurationSource {
  /// The configuration and where its values come from.
  ///
  /// - Parameter required: Which settings without a default must have a value; others may be empty.
  func load(_ required: RequiredSettings = .all) throws -> ResolvedConfiguration {
    let arguments = try arguments()
    guard path == "-" else {
      return try Configuration.load(
        path: path, overrides: arguments, environment: .process, required: required)
    }
    return try Interruption.whileWaiting {
      try Configuration.load(
        path: "-", overrides: arguments, environment: .process, required: required)
    }
  }

  /// Everything that was typed, as `key=value`.
  ///
  /// - Throws: where an option and a `key=value` give a setting different values.
  func arguments() throws(UsageError) -> [String] {
    for option in named {
      guard let setting = Setting.named(option.key),
        let other = overrides.first(where: { setting.contradicts($0, option.argument) })
      else { continue }
      throw UsageError(
        .contradiction, "\"\(option.name)\" and \"\(other)\" say different things",
        hint: "\(option.name) stands for \(option.key)=VALUE: write one of them")
    }
    return overrides + named.map(\.argument)
  }

  /// Takes what operands say beside what options have said.
  mutating func add(_ operands: ConfigurationSource) {
    path = operands.path
    overrides += operands.overrides
    named += operands.named
  }

  /// Sets a value for an option or an operand, as if its `key=value` had been typed.
  ///
  /// The last value of an option counts. JSON is YAML.
  mutating func set(_ key: String, to value: JSONValue, as name: String) {
    named.removeAll { $0.name == name }
    named.append(
      NamedSetting(
        name: name, key: key,
        argument: "\(key)=\(String(decoding: value.compact, as: UTF8.self))"))
  }
}
