internal import Records
internal import Text

extension Configuration {
  /// Every setting with its value, nested as in a file, in a fixed order.
  package func resolvedValues() -> ConfigValue {
    var tree = ConfigValue.mapping([])
    for setting in Setting.all {
      tree.set(setting.value(self), at: setting.path[...])
    }
    return tree
  }

  /// Every key with its value as YAML writes it.
  package var lines: [(key: String, value: String)] {
    Setting.all.map { ($0.key, $0.value(self).flowText) }
  }

  /// A configuration with every key, its meaning and its default, to start from.
  package static var template: String {
    var text = """
      # yaml-language-server: $schema=dpo-prep.schema.json
      # The line above is for editors: `dpo-prep config schema > dpo-prep.schema.json`, in the folder
      # of this file, makes the schema by which they complete and check keys.

      # A configuration of dpo-prep: every key with its default. What you do not change can go.
      # Only input.paths and output.dir have no default: put yours there.
      # Any key can be given on the command line too: dpo-prep run prep.yaml calibration.frac=0.5

      # extends: base.yaml             # files whose settings this one changes, relative to it
      # paths_relative_to: config      # paths below start from the folder of this file

      """
    write(to: &text, isCommented: true) { setting in
      (setting.placeholder ?? setting.value(Configuration()), nil)
    }
    return text
  }

  /// Writes every section and key, with the value and the comment behind it that `content` gives.
  fileprivate static func write(
    to text: inout String, isCommented: Bool,
    _ content: (Setting) -> (value: ConfigValue, comment: String?)
  ) {
    for section in Section.all {
      let margin = String(repeating: "  ", count: section.depth)
      let name = section.key.split(separator: ".").last ?? ""
      if isCommented { text += section.depth == 0 ? "\n" : "" }
      text += "\(margin)\(name):\(isCommented ? "  # \(section.help)" : "")\n"
      // Settings of the section itself; those of a section inside it come with that section.
      for setting in Setting.all where setting.section == section.key {
        let (value, comment) = content(setting)
        if isCommented {
          let lines = setting.help.wrapped(width: 90) + setting.values.wrapped(width: 90)
          for line in lines {
            text += "\(margin)  # \(line.replacing("`", with: "").replacing("\\|", with: "|"))\n"
          }
        }
        text += "\(margin)  \(setting.name): \(value.flowText)"
        text += comment.map { "  # \($0)" } ?? ""
        text += "\n"
      }
    }
  }
}

extension ResolvedConfiguration {
  /// The configuration as YAML: every key, with a comment that says where its value came from.
  package func yaml() -> String {
    var text = ""
    Configuration.write(to: &text, isCommented: false) { setting in
      let comment = origins(of: setting.key).map(\.description).uniqued().joined(separator: ", ")
      let visible = comment.unicodeScalars.map {
        $0.properties.generalCategory == .control ? "?" : String($0)
      }
      let value = setting.value(configuration)
      return (setting.holdsPaths ? value.escapingPaths : value, visible.joined())
    }
    return text
  }
}

extension [String] {
  /// The elements without repetitions, in order.
  func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

extension ConfigValue {
  /// Paths as a file writes them.
  fileprivate var escapingPaths: ConfigValue {
    switch self {
    case .string(let path): .string(PathReading.escaped(path))
    case .list(let elements): .list(elements.map(\.escapingPaths))
    case .null, .bool, .int, .double, .mapping: self
    }
  }
}
