extension Configuration {
  /// The JSON Schema (draft 2020-12) of configuration files, for editors.
  package static var schema: ConfigValue {
    var root: [ConfigValue.Entry] = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Configuration of dpo-prep"),
    ]
    root += object(forSection: "")
    root += [
      // What has no default may stand in a file that is extended.
      .init("if", ["not": ["required": [.string(Directive.extends.rawValue)]]]),
      .init("then", .mapping(required(inSection: ""))),
    ]
    return .mapping(root)
  }

  private typealias Directive = ConfigurationLayer.Directive

  /// What JSON Schema says of the keys of a section; `""` is the whole.
  private static func object(forSection section: String) -> [ConfigValue.Entry] {
    var properties: [ConfigValue.Entry] = section.isEmpty ? directives : []
    for name in Section.children(of: section) {
      let key = section.isEmpty ? name : "\(section).\(name)"
      if let setting = Setting.named(key) {
        properties.append(.init(name, schema(of: setting)))
      } else if let inner = Section.all.first(where: { $0.key == key }) {
        let schema = ConfigValue.mapping(object(forSection: key))
        properties.append(
          .init(name, schema.described(key, "\(inner.help).".capitalisedFirst)))
      }
    }
    if section.isEmpty { properties.append(.init(Sweep.section, sweep)) }
    return [
      // A section whose keys are all commented out is null, and as good as absent.
      .init("type", section.isEmpty ? "object" : ["object", "null"]),
      .init("properties", .mapping(properties)),
      .init("additionalProperties", .bool(false)),
    ]
  }

  private static func schema(of setting: Setting) -> ConfigValue {
    var schema = setting.schema.described(setting.key, setting.help)
    if let value = setting.defaultValue { schema = schema.adding("default", value) }
    return schema.adding("examples", .list(setting.shownExamples))
  }

  /// The keys of a section that must have a value, and those inside them.
  private static func required(inSection section: String) -> [ConfigValue.Entry] {
    let prefix = section.isEmpty ? "" : section + "."
    let names = Section.children(of: section).filter { name in
      Setting.all.contains {
        $0.placeholder != nil
          && ($0.key == prefix + name || $0.key.hasPrefix("\(prefix)\(name)."))
      }
    }
    let inner = names.filter { Setting.isSection(prefix + $0) }.map { name in
      ConfigValue.Entry(
        name,
        .mapping([.init("type", "object")] + required(inSection: prefix + name)))
    }
    return [.init("required", .list(names.map(ConfigValue.string)))]
      + (inner.isEmpty ? [] : [.init("properties", .mapping(inner))])
  }

  /// What JSON Schema says of keys that are not settings.
  private static var directives: [ConfigValue.Entry] {
    let bases = ValueKind.paths.schema.described(
      Directive.extends.rawValue,
      "Configuration files, relative to this one, whose settings this one has unless it says "
        + "otherwise; of several the later win.")
    let base = ValueKind<PathBase>.choice().schema.described(
      Directive.pathBase.rawValue,
      "What relative paths in this file start from: the folder that the command runs in, or the "
        + "folder of this file.")
    return [
      .init(
        Directive.extends.rawValue, bases.adding("examples", ["base.yaml", ["a.yaml", "b.yaml"]])),
      .init(
        Directive.pathBase.rawValue,
        base.adding("default", .string(PathBase.workingDirectory.rawValue))
          .adding("examples", [.string(PathBase.config.rawValue)])),
    ]
  }

  /// What JSON Schema says of the values of a sweep: lists of what each setting takes.
  private static var sweep: ConfigValue {
    let list: [ConfigValue.Entry] = [.init("type", "array"), .init("minItems", .int(1))]
    let properties = Setting.all.map { setting in
      let place = setting.key.split(separator: ".").map { "/properties/\($0)" }.joined()
      let items: ConfigValue = ["$ref": .string("#\(place)")]
      return ConfigValue.Entry(setting.key, .mapping(list + [.init("items", items)]))
    }
    let schema: ConfigValue = [
      "type": ["object", "null"],
      "properties": .mapping(properties),
      // Sections, and parts of values such as calibration.characteristics.0.alpha.
      "additionalProperties": .mapping(list),
    ]
    return schema.described(
      Sweep.section,
      "For `dpo-prep sweep`: a list of values for each setting that varies, by its whole key."
    ).adding("examples", [["calibration.frac": [.double(0.1), .double(0.3), .double(0.5)]]])
  }

  /// The table of all settings in Markdown.
  package static var markdownTable: String {
    var text = "| Key | Default | Values | Meaning |\n| --- | --- | --- | --- |\n"
    for setting in Setting.all {
      let value = setting.defaultValue.map { "`\($0.flowText)`" } ?? "required"
      text += "| `\(setting.key)` | \(value) | \(setting.values) | \(setting.help) |\n"
    }
    return text
  }
}

extension ConfigValue {
  /// A schema with one more keyword.
  func adding(_ keyword: String, _ value: ConfigValue) -> ConfigValue {
    guard case .mapping(let entries) = self else { return self }
    return .mapping(entries + [Entry(keyword, value)])
  }

  /// A schema with a description before everything else; Markdown's back quotes are left out.
  func described(_ description: String) -> ConfigValue {
    guard case .mapping(let entries) = self else { return self }
    let text = description.replacing("`", with: "")
    return .mapping([Entry("description", .string(text))] + entries)
  }

  /// A schema with a title and a description before everything else.
  func described(_ title: String, _ description: String) -> ConfigValue {
    guard case .mapping(let entries) = described(description) else { return self }
    return .mapping([Entry("title", .string(title))] + entries)
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
