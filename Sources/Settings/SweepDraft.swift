internal import Records

/// What a file and the command line say of a sweep, in order, before combinations are made.
struct SweepDraft {
  /// A setting with one value for all variants, or with several.
  private enum Step {
    case fixed(Override)
    case axis(key: String, values: [YAMLNode])
  }

  private var steps: [Step] = []

  /// Takes the sections `sweep` of a configuration, and what the environment says.
  init(_ text: ConfigurationText) throws(ConfigurationError) {
    for sweep in text.sweeps {
      guard case .mapping(let entries) = sweep.value.content else {
        throw Self.failure(
          "expected a mapping for \"\(Sweep.section)\", found \(sweep.value.summary)",
          at: sweep.value.origin, hint: "write for example {calibration.frac: [0.1, 0.3, 0.5]}")
      }
      for entry in entries { try addAxis(entry.key, entry.value) }
    }
    try text.runSettings().forEach { fix($0) }
  }

  var hasAxes: Bool {
    steps.contains { if case .axis = $0 { true } else { false } }
  }

  /// Takes an argument, which is an axis if it has a list where one value belongs, or stands in the
  /// section `sweep`.
  mutating func add(_ argument: Override) throws(ConfigurationError) {
    let prefix = Sweep.section + "."
    if argument.key.hasPrefix(prefix) {
      return try addAxis(String(argument.key.dropFirst(prefix.count)), argument.node)
    }
    guard case .sequence(let values) = argument.node.content else { return fix(argument) }
    let areLists = values.allSatisfy { if case .sequence = $0.content { true } else { false } }
    let isValue = Setting.named(argument.key)?.takesList == true && (values.isEmpty || !areLists)
    guard !isValue else { return fix(argument) }
    try add(argument.key, values, at: argument.node.origin)
  }

  /// Gives a setting one value for all variants.
  mutating func fix(_ override: Override) {
    removeAxis(override.key)
    steps.append(.fixed(override))
  }

  private mutating func addAxis(_ key: String, _ node: YAMLNode) throws(ConfigurationError) {
    guard case .sequence(let values) = node.content else {
      throw Self.failure(
        "expected a list of values for \"\(Sweep.section).\(key)\", found \(node.summary)",
        at: node.origin,
        hint: Setting.isSection(key)
          ? "write the setting's whole key, as in {calibration.frac: [0.1, 0.3, 0.5]}"
          : "a setting with one value for all variants stands outside the section")
    }
    try add(key, values, at: node.origin)
  }

  private mutating func add(
    _ key: String, _ values: [YAMLNode], at origin: Origin
  ) throws(ConfigurationError) {
    guard !values.isEmpty else {
      throw Self.failure(
        "expected at least one value for \"\(key)\", found an empty list", at: origin, hint: nil)
    }
    removeAxis(key)
    steps.append(.axis(key: key, values: values))
  }

  /// What was said earlier of the same key.
  private mutating func removeAxis(_ key: String) {
    steps.removeAll { if case .axis(key, values: _) = $0 { true } else { false } }
  }

  private static func failure(
    _ message: String, at origin: Origin, hint: String?
  ) -> ConfigurationError {
    ConfigurationError(
      .invalidSettings, Diagnostic(.error, message, at: origin.location, hint: hint))
  }
}

extension SweepDraft {
  /// Makes every combination.
  func sweep(of text: ConfigurationText) throws(ConfigurationError) -> Sweep {
    let axes = steps.compactMap { step -> (key: String, values: [YAMLNode])? in
      if case .axis(let key, let values) = step { (key, values) } else { nil }
    }
    var count = 1
    for axis in axes where count <= Sweep.limit { count *= axis.values.count }
    guard count <= Sweep.limit else {
      throw ConfigurationError(
        .invalidSettings,
        Diagnostic(
          .error,
          "these are more than \(Quantity.count(Sweep.limit, "variant")): "
            + axes.map { "\($0.values.count) of \($0.key)" }.joined(separator: " × "),
          at: SourceLocation(file: text.name),
          hint: "name fewer values, or sweep one setting after the other"))
    }
    var variants: [Sweep.Variant] = []
    var flaws = SweepFlaws(count: count)
    for index in 0..<count {
      var rest = index
      var places: [Int] = []
      for axis in axes.reversed() {
        places.insert(rest % axis.values.count, at: 0)
        rest /= axis.values.count
      }
      let values = zip(axes, places).map { $0.values[$1] }
      var remaining = values[...]
      let overrides = steps.map { step -> Override in
        switch step {
        case .fixed(let assignment): assignment
        case .axis(let key, values: _): Override(key: key, node: remaining.removeFirst())
        }
      }
      let label = zip(axes, values).map { "\($0.key)=\($1.value.flowText)" }
      do throws(ConfigurationError) {
        variants.append(
          Sweep.Variant(
            number: index + 1, values: values.map(\.value),
            configuration: try text.resolved(overrides).configuration))
      } catch {
        flaws.add(error, of: "variant \(index + 1) (\(label.joined(separator: ", ")))")
      }
    }
    try flaws.report()
    try Self.requireDistinct(variants, in: text)
    return Sweep(
      axes: axes.map { Sweep.Axis(key: $0.key, values: $0.values.map(\.value)) },
      variants: variants)
  }

  /// Throws where two combinations are the same configuration.
  private static func requireDistinct(
    _ variants: [Sweep.Variant], in text: ConfigurationText
  ) throws(ConfigurationError) {
    for (index, variant) in variants.enumerated() {
      guard
        let other = variants[..<index].first(where: {
          $0.configuration == variant.configuration
        })
      else { continue }
      throw ConfigurationError(
        .invalidSettings,
        Diagnostic(
          .error, "variants \(other.number) and \(variant.number) have the same settings",
          at: SourceLocation(file: text.name), hint: "name each value of a setting once"))
    }
  }
}

/// What is wrong with the combinations of a sweep.
private struct SweepFlaws {
  private let count: Int
  private var found: [(diagnostic: Diagnostic, variant: String, times: Int)] = []
  private var code = ConfigurationError.Code.invalidSettings

  init(count: Int) { self.count = count }

  mutating func add(_ error: ConfigurationError, of variant: String) {
    code = error.code
    for diagnostic in error.diagnostics {
      if let place = found.firstIndex(where: { $0.diagnostic == diagnostic }) {
        found[place].times += 1
      } else {
        found.append((diagnostic, variant, 1))
      }
    }
  }

  /// Throws what was found; what is not wrong with all of the combinations with the first that has it.
  func report() throws(ConfigurationError) {
    let diagnostics = found.map { flaw in
      var diagnostic = flaw.diagnostic
      if flaw.times < count { diagnostic.message = "\(flaw.variant): \(diagnostic.message)" }
      return diagnostic
    }
    guard let first = diagnostics.first else { return }
    throw ConfigurationError(code, first, Array(diagnostics.dropFirst()))
  }
}
