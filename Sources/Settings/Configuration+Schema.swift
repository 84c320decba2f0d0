extension Configuration {
  /// The JSON Schema (draft 2020-12) of configuration files, for editors.
  package static var schema: ConfigValue {
    var root: [ConfigValue.Entry] = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "Configuration of dpo-prep"),
    ]
    root += object(forSection: "")
    return .mapping(root)
  }

  /// What JSON Schema says of the keys of a section; `""` is the whole.
  private static func object(forSection section: String) -> [ConfigValue.Entry] {
    var properties: [ConfigValue.Entry] = []
    var required: [ConfigValue] = []
    for name in Section.children(of: section) {
      let key = section.isEmpty ? name : "\(section).\(name)"
      if let setting = Setting.named(key) {
        var schema = setting.schema.described(setting.help)
        if let value = setting.defaultValue { schema = schema.adding("default", value) }
        properties.append(.init(name, schema))
      } else if let inner = Section.all.first(where: { $0.key == key }) {
        let schema = ConfigValue.mapping(object(forSection: key))
        properties.append(.init(name, schema.described("\(inner.help).".capitalisedFirst)))
      }
      let needsValue = Setting.all.contains {
        $0.placeholder != nil && ($0.key == key || $0.key.hasPrefix(key + "."))
      }
      if needsValue { required.append(.string(name)) }
    }
    if section.isEmpty { properties.append(.init(Sweep.section, sweep)) }
    // A section whose keys are all commented out is null, and as good as absent.
    let type: ConfigValue = required.isEmpty ? ["object", "null"] : "object"
    var entries: [ConfigValue.Entry] = [
      .init("type", type), .init("properties", .mapping(properties)),
      .init("additionalProperties", .bool(false)),
    ]
    if !required.isEmpty { entries.append(.init("required", .list(required))) }
    return entries
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
      "For `dpo-prep sweep`: a list of values for each setting that varies, by its whole key.")
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
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
