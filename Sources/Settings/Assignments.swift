internal import Records

/// What a file and the command line say, setting by setting, before any of it is checked.
struct Assignments {
  private(set) var nodes: [String: YAMLNode] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// Settings that a misspelt key most likely meant.
  private(set) var meantKeys: Set<String> = []

  /// Takes everything in the top mapping of a file.
  mutating func assign(file node: YAMLNode) {
    assign(node, toSection: "")
  }

  /// Takes one `key=value` argument.
  mutating func assign(_ override: Override) {
    let path = override.path
    // The longest start of the path that is a key or a section; the rest leads into the value.
    for length in stride(from: path.count, to: 0, by: -1) {
      let key = path[..<length].joined(separator: ".")
      if let setting = Setting.named(key) {
        set(override.node, at: path[length...], in: setting, of: override)
        return
      }
      if Setting.isSection(key) {
        if length == path.count {
          assign(override.node, toSection: key)
        } else {
          reportUnknown(path[length], in: key, at: override.node.origin)
        }
        return
      }
    }
    reportUnknown(override.key, in: "", at: override.node.origin)
  }

  private mutating func assign(_ node: YAMLNode, toSection section: String) {
    if node.isNull { return }
    guard case .mapping(let entries) = node.content else {
      report(
        "expected a mapping for \"\(section)\", found \(node.summary)", at: node.origin,
        hint: "its keys are \(Section.children(of: section).joined(separator: ", "))")
      return
    }
    for entry in entries {
      let key = section.isEmpty ? entry.key : "\(section).\(entry.key)"
      if Setting.named(key) != nil, !(section.isEmpty && entry.key.contains(".")) {
        nodes[key] = entry.value
      } else if Setting.isSection(key), !entry.key.contains(".") {
        assign(entry.value, toSection: key)
      } else {
        reportUnknown(entry.key, in: section, at: entry.keyOrigin)
      }
    }
  }

  /// Replaces a setting's value, or the part of it that `steps` lead to.
  private mutating func set(
    _ value: YAMLNode, at steps: ArraySlice<String>, in setting: Setting, of override: Override
  ) {
    if steps.isEmpty {
      nodes[setting.key] = value
      return
    }
    let present = nodes[setting.key] ?? setting.defaultValue?.node(origin: .builtIn)
    let empty = YAMLNode(.sequence([]), origin: value.origin)
    var whole = setting.longForm(present ?? empty)
    if let flaw = whole.replacePart(at: steps, with: value, under: setting.key) {
      report(flaw.message, at: value.origin, hint: flaw.hint)
    } else {
      nodes[setting.key] = whole
    }
  }

  private mutating func reportUnknown(_ key: String, in section: String, at origin: Origin) {
    let full = section.isEmpty ? key : "\(section).\(key)"
    if section.isEmpty, ConfigurationLayer.Directive(rawValue: key) != nil {
      report(
        "\"\(key)\" stands at the top of a configuration file alone", at: origin,
        hint: "write it into the file; it says how that is read")
    } else if let meant = Self.meantKey(by: key, in: section) {
      meantKeys.insert(meant)
      let isOnlyNotNested = meant.utf8.elementsEqual(full.utf8)
      let path = meant.split(separator: ".")
      report(
        "unknown key \(quoted(full))", at: origin,
        hint: isOnlyNotNested
          ? "nest it: `\(path.last ?? "")` goes below `\(path.dropLast().joined(separator: "."))`"
          : "did you mean \"\(meant)\"?")
    } else {
      report("unknown key \(quoted(full))", at: origin, hint: Self.remedy(for: key, in: section))
    }
  }

  private mutating func report(_ message: String, at origin: Origin, hint: String?) {
    diagnostics.append(Diagnostic(.error, message, at: origin.location, hint: hint))
  }

  /// The dotted key that was most likely meant by an unknown one.
  private static func meantKey(by key: String, in section: String) -> String? {
    let full = section.isEmpty ? key : "\(section).\(key)"
    if Setting.named(full) != nil || Setting.isSection(full) { return full }
    let names =
      Section.children(of: section)
      + (section.isEmpty ? ConfigurationLayer.Directive.names : [])
    if let near = Spelling.nearest(to: key, among: names) {
      return section.isEmpty ? near : "\(section).\(near)"
    }
    // The right name in the wrong section.
    return Setting.all.first { $0.name == key }?.key
      ?? Section.all.first { $0.key.hasSuffix(".\(key)") }?.key
      ?? Setting.all.flatMap(\.parts).first { $0.hasSuffix(".\(key)") && key != "name" }
      ?? Spelling.nearest(to: full, among: Setting.all.map(\.key))
  }

  private static func remedy(for key: String, in section: String) -> String {
    if key == "<<" { return "merge keys are not supported; write the keys out" }
    let place = section.isEmpty ? "the top level" : "\"\(section)\""
    return "the keys of \(place) are \(Section.children(of: section).joined(separator: ", "))"
  }
}

extension Section {
  /// The names of the settings and sections directly in a section; `""` is the whole.
  static func children(of section: String) -> [String] {
    var names: [String] = []
    let prefix = section.isEmpty ? "" : section + "."
    for setting in Setting.all where setting.key.hasPrefix(prefix) {
      let name = String(setting.key.dropFirst(prefix.count).prefix { $0 != "." })
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension YAMLNode {
  /// Replaces the part of a value in long form that `steps`, indices and keys, lead to.
  ///
  /// - Returns: why that cannot be; nil if it is done.
  fileprivate mutating func replacePart(
    at steps: ArraySlice<String>, with value: YAMLNode, under key: String
  ) -> (message: String, hint: String)? {
    guard let step = steps.first else {
      self = value
      return nil
    }
    let rest = steps.dropFirst()
    switch content {
    case .sequence(var elements):
      guard case .int(let index) = PlainScalar(step), index >= 0 else {
        return (
          "unknown key \(quoted("\(key).\(step)"))",
          "an element of the list has a number: \(key).0"
        )
      }
      guard index < elements.count || (index == elements.count && rest.isEmpty) else {
        let count = elements.count == 1 ? "1 element" : "\(elements.count) elements"
        return ("\"\(key)\" has \(count), none is number \(index)", "the first is number 0")
      }
      if index == elements.count {
        elements.append(value)
      } else if let flaw = elements[index].replacePart(
        at: rest, with: value, under: "\(key).\(step)")
      {
        return flaw
      }
      content = .sequence(elements)
    case .mapping(var entries):
      if let index = entries.firstIndex(where: { $0.key == step }) {
        if let flaw = entries[index].value.replacePart(
          at: rest, with: value, under: "\(key).\(step)")
        {
          return flaw
        }
      } else {
        var inner = YAMLNode(.mapping([]), origin: value.origin)
        if let flaw = inner.replacePart(at: rest, with: value, under: "\(key).\(step)") {
          return flaw
        }
        entries.append(Entry(key: step, keyOrigin: value.origin, value: inner))
      }
      content = .mapping(entries)
    case .scalar:
      return ("unknown key \(quoted("\(key).\(step)"))", "\"\(key)\" is one value, without parts")
    }
    return nil
  }
}

extension ValueProblems {
  /// Reports a key that a mapping inside a value does not have.
  mutating func reportUnknownKey(_ entry: YAMLNode.Entry, among names: [String]) {
    let near = Spelling.nearest(to: entry.key, among: names)
    report(
      "unknown key \(quoted("\(key).\(entry.key)"))", at: entry.keyOrigin,
      hint: near.map { "did you mean \"\(key).\($0)\"?" }
        ?? "its keys are \(names.joined(separator: ", "))")
  }
}
