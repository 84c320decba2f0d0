/// One key of the configuration.
///
/// Everything that knows a key takes it from here: reading,
/// overrides, `config show`, the template, the JSON Schema and the table in the documentation.
package struct Setting: Sendable {
  /// The dotted key, such as `calibration.frac`.
  package let key: String
  /// What it means, in one sentence; Markdown.
  package let help: String
  /// What stands in the template for a key that has no default; nil for all others.
  package let placeholder: ConfigValue?
  /// What is allowed, in Markdown.
  package let values: String
  /// Values that show how it is written.
  let examples: [ConfigValue]
  /// The dotted keys of the parts of values, such as `calibration.characteristics.0.alpha`.
  let parts: [String]
  /// Whether values are paths of files or folders.
  package let holdsPaths: Bool
  /// The JSON Schema of its values.
  let schema: ConfigValue

  /// Reads a node into a configuration, or reports what is wrong with it.
  let read: @Sendable (YAMLNode, inout Configuration, inout ValueProblems) -> Void
  /// The value in a configuration.
  package let value: @Sendable (Configuration) -> ConfigValue
  /// A node with an address for each of its parts.
  let longForm: @Sendable (YAMLNode) -> YAMLNode

  init<Value>(
    _ key: String, _ path: any WritableKeyPath<Configuration, Value> & Sendable,
    _ kind: ValueKind<Value>, placeholder: ConfigValue? = nil, _ help: String,
    examples: [ConfigValue] = []
  ) {
    self.key = key
    self.help = help
    self.placeholder = placeholder
    self.examples = examples.isEmpty ? kind.examples : examples
    holdsPaths = kind.holdsPaths
    parts = kind.parts.map { "\(key).\($0)" }
    values = kind.summary
    schema = kind.schema
    read = { node, configuration, problems in
      if let value = kind.read(node, &problems) { configuration[keyPath: path] = value }
    }
    value = { kind.write($0[keyPath: path]) }
    longForm = kind.longForm
  }
}

extension Setting {
  /// The default; nil where a value must be given.
  package var defaultValue: ConfigValue? {
    placeholder == nil ? value(Configuration()) : nil
  }

  /// Values that show how it is written; at least one for every setting.
  var shownExamples: [ConfigValue] {
    if !examples.isEmpty { return examples }
    return [placeholder ?? value(Configuration())].filter { $0 != .null && $0 != .list([]) }
  }

  /// The key's parts, from the outermost section to the key itself.
  var path: [String] { key.split(separator: ".").map(String.init) }

  /// The section the key is in, such as `input.fields`.
  var section: String { path.dropLast().joined(separator: ".") }

  /// The key inside its section.
  var name: String { path.last ?? key }

  /// Whether a value is a list, for which one element can stand.
  package var takesList: Bool {
    let element = YAMLNode(.scalar("", isPlain: false), origin: .builtIn)
    if case .sequence = longForm(element).content { return true }
    return false
  }

  /// The words that a value can be, those of a list's elements too; empty where it is a number or
  /// a text.
  package var words: [String] {
    var words: [String] = []
    schema.collectWords(into: &words)
    return words
  }

  /// The setting with a dotted key.
  package static func named(_ key: String) -> Setting? {
    all.first { $0.key.utf8.elementsEqual(key.utf8) }
  }

  /// Whether a dotted key names a setting, a section, or something in a setting.
  package static func isKey(_ key: String) -> Bool {
    named(key) != nil || isSection(key) || all.contains { key.hasPrefix($0.key + ".") }
  }

  /// Whether a dotted key names a section, such as `pairs`.
  package static func isSection(_ key: String) -> Bool {
    Section.all.contains { $0.key.utf8.elementsEqual(key.utf8) }
  }
}

/// A group of settings.
package struct Section: Sendable {
  /// The dotted key, such as `input.fields`.
  package let key: String
  /// What the settings are about, as a phrase.
  package let help: String

  init(_ key: String, _ help: String) {
    self.key = key
    self.help = help
  }

  /// How deep the section is nested; 0 for the outermost.
  var depth: Int { key.utf8.count { $0 == UInt8(ascii: ".") } }

  /// Every section, in the order of a configuration file.
  package static let all: [Section] = [
    Section("input", "what is read"),
    Section("input.fields", "where a row keeps what is read: dotted paths such as meta.reward"),
    Section("calibration", "how the bias is estimated and removed"),
    Section("filters", "which candidates and prompts are left out"),
    Section("filters.contaminated", "prompts that have a benchmark's text (docs/clean-prompts.md)"),
    Section("filters.near_duplicates", "prompts that nearly repeat another"),
    Section("filters.repetition", "prompts that repeat themselves"),
    Section("filters.scripts", "prompts in other scripts than wanted"),
    Section("pairs", "which candidates become pairs"),
    Section("pairs.chosen", "what chosen answers have to be"),
    Section("pairs.rejected", "what rejected answers have to be"),
    Section("split", "which prompts are kept for testing"),
    Section("output", "what is written"),
    Section("run", "what the machine is used for"),
    Section("report", "what is written about the run"),
  ]
}

extension ConfigValue {
  /// Adds the words that a schema allows.
  fileprivate func collectWords(into words: inout [String]) {
    switch self {
    case .mapping(let entries):
      for entry in entries {
        switch (entry.key, entry.value) {
        case ("enum", .list(let values)):
          for case .string(let word) in values where !words.contains(word) { words.append(word) }
        case ("type", "boolean"): words += ["true", "false"]
        case ("type", "null"): words.append("null")
        case ("properties", _): break
        default: entry.value.collectWords(into: &words)
        }
      }
    case .list(let values): for value in values { value.collectWords(into: &words) }
    case .null, .bool, .int, .double, .string: break
    }
  }
}
