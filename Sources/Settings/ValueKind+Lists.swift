internal import Records

extension ValueKind {
  /// A list; one value alone is a list of one.
  ///
  /// - Parameters:
  ///   - plural: what the elements are, such as `paths`.
  ///   - summary: what the table of settings says an element is, if not what its kind says.
  ///   - isUnique: whether no two elements may be the same.
  ///   - canBeEmpty: whether a list without elements is one.
  static func list<Element: Sendable & Equatable>(
    of element: ValueKind<Element>, _ plural: String, summary: String? = nil,
    isUnique: Bool = false, canBeEmpty: Bool = false
  ) -> ValueKind where Value == [Element] {
    var array: [ConfigValue.Entry] = [
      .init("type", "array"), .init("items", element.schema),
      .init("minItems", .int(canBeEmpty ? 0 : 1)),
    ]
    if isUnique { array.append(.init("uniqueItems", .bool(true))) }
    return ValueKind(
      expectation: "a list of \(plural)", summary: "list of \(summary ?? element.summary)",
      schema: ["anyOf": [.mapping(array), element.schema]],
      read: { node, problems in
        guard case .sequence(let nodes) = node.listed.content, canBeEmpty || !nodes.isEmpty else {
          let expectation = "a list of \(plural)"
          if case .sequence = node.content {
            problems.report(
              "expected at least one element in \"\(problems.key)\", found an empty list",
              at: node.origin)
          } else {
            problems.report(expected: expectation, found: node)
          }
          return nil
        }
        let values = nodes.indices.map { index in
          problems.reading("\(index)") { element.read(nodes[index], &$0) }
        }
        for (index, value) in values.enumerated() where isUnique && value != nil {
          if let first = values[..<index].firstIndex(of: value) {
            problems.report(
              "\(nodes[index].summary) is in \"\(problems.key)\" twice", at: nodes[index].origin,
              hint: "remove it; it is element \(first) already")
            return nil
          }
        }
        let present = values.compactMap(\.self)
        return present.count == nodes.count ? present : nil
      },
      write: { .list($0.map(element.write)) },
      longForm: { node in
        guard case .sequence(let nodes) = node.listed.content else { return node }
        return YAMLNode(.sequence(nodes.map(element.longForm)), origin: node.origin)
      }
    ).with {
      $0.holdsPaths = element.holdsPaths
      $0.parts = element.parts.map { "0.\($0)" }
      $0.examples = element.examples.map { .list([$0]) }
    }
  }
}

extension YAMLNode {
  /// The node itself if it is a list or null, else a list of it.
  fileprivate var listed: YAMLNode {
    if case .sequence = content { return self }
    return isNull ? self : YAMLNode(.sequence([self]), origin: origin)
  }
}

extension ValueKind<Configuration.Characteristic> {
  /// `{name: chars, alpha: 1.0}`, or the bare name.
  static var characteristic: ValueKind {
    let name = ValueKind<Characteristic>.measure
    let alpha = ValueKind<Double?>.optional(.number(.from(0)), orWord: "auto")
    let mapping: ConfigValue = [
      "type": "object",
      "properties": [
        "name": name.schema.described("What is measured."),
        "alpha": alpha.schema.described(
          "How much of the bias is removed; 1 removes all of it, auto as much as gives the pairs "
            + "calibration.target_gap."),
      ],
      "required": ["name"],
      "additionalProperties": .bool(false),
    ]
    return ValueKind(
      expectation: "a characteristic",
      summary: "{`name`, `alpha` of at least 0, or `auto`}, or the name; "
        + "names are \(name.summary)",
      schema: ["anyOf": [mapping, name.schema]],
      read: { node, problems in
        let node = node.named
        guard case .mapping(let entries) = node.content else {
          problems.report(
            expected: "a characteristic", found: node,
            hint: "write {name: chars, alpha: 1.0} or just chars")
          return nil
        }
        var measure: Characteristic?
        var factor: Double?? = .some(1)
        for entry in entries {
          switch entry.key {
          case "name": measure = problems.reading("name") { name.read(entry.value, &$0) }
          case "alpha": factor = problems.reading("alpha") { alpha.read(entry.value, &$0) }
          default:
            problems.reportUnknownKey(entry, among: ["name", "alpha"])
            factor = .none
          }
        }
        if !entries.contains(where: { $0.key == "name" }) {
          problems.report(
            "\"\(problems.key)\" has no \"name\"", at: node.origin,
            hint: "name what is measured, such as chars")
        }
        guard let measure, let factor else { return nil }
        return Configuration.Characteristic(measure, alpha: factor)
      },
      write: {
        .mapping([.init("name", name.write($0.measure)), .init("alpha", alpha.write($0.alpha))])
      },
      longForm: \.named
    ).with { $0.parts = ["name", "alpha"] }
  }
}

extension ValueKind<Configuration.Pairs.FieldMargin> {
  /// `{name: field:helpfulness, min: 0.0}`, or the bare name.
  static var fieldMargin: ValueKind {
    let name = ValueKind<Characteristic>.measure
    let least = ValueKind<Double>.anyNumber
    let mapping: ConfigValue = [
      "type": "object",
      "properties": [
        "name": (["type": "string", "pattern": "^field:.+$"] as ConfigValue).described(
          "The field, as field:NAME."),
        "min": least.schema.described("The smallest difference of chosen and rejected."),
      ],
      "required": ["name"],
      "additionalProperties": .bool(false),
    ]
    let expectation = "a field's margin"
    let hint = "write {name: field:helpfulness, min: 0.5} or just field:helpfulness"
    return ValueKind(
      expectation: expectation, summary: "{`name` (`field:NAME`), `min`}, or the name",
      schema: ["anyOf": [mapping, ["type": "string", "pattern": "^field:.+$"]]],
      read: { node, problems in
        let node = node.named
        guard case .mapping(let entries) = node.content else {
          problems.report(expected: expectation, found: node, hint: hint)
          return nil
        }
        var field: String?
        var margin: Double? = 0
        for entry in entries {
          switch entry.key {
          case "name":
            let measure = problems.reading("name") { name.read(entry.value, &$0) }
            if case .field(let path) = measure {
              field = path
            } else if measure != nil {
              problems.report(expected: expectation, found: entry.value, hint: hint)
            }
          case "min": margin = problems.reading("min") { least.read(entry.value, &$0) }
          default:
            problems.reportUnknownKey(entry, among: ["name", "min"])
            margin = nil
          }
        }
        if !entries.contains(where: { $0.key == "name" }) {
          problems.report("\"\(problems.key)\" has no \"name\"", at: node.origin, hint: hint)
        }
        guard let field, let margin else { return nil }
        return Configuration.Pairs.FieldMargin(field, min: margin)
      },
      write: {
        .mapping([
          .init("name", .string(Characteristic.field($0.field).name)),
          .init("min", .double($0.min)),
        ])
      },
      longForm: \.named
    ).with { $0.parts = ["name", "min"] }
  }
}

extension YAMLNode {
  /// The node itself, or `{name: node}` for a text.
  fileprivate var named: YAMLNode {
    guard case .scalar = content, !isNull else { return self }
    let entry = Entry(key: "name", keyOrigin: origin, value: self)
    return YAMLNode(.mapping([entry]), origin: origin)
  }
}

extension ValueKind<Characteristic> {
  /// One of ``Characteristic/builtIn`` or `field:NAME`.
  static var measure: ValueKind {
    let builtIn = Characteristic.builtIn
    let names = builtIn.map(\.name)
    let expectation = "\(names.joined(separator: ", ")) or field:NAME"
    return ValueKind(
      expectation: expectation,
      summary: (names + ["field:NAME"]).map { "`\($0)`" }.joined(separator: " \\| "),
      schema: [
        "anyOf": [
          ["type": "string", "enum": .list(names.map { .string($0) })],
          ["type": "string", "pattern": "^field:.+$"],
        ]
      ],
      read: { node, problems in
        guard case .scalar(let text, _) = node.content else {
          problems.report(expected: expectation, found: node)
          return nil
        }
        if let known = builtIn.first(where: { $0.name == text }) { return known }
        var hint: String?
        if text.hasPrefix("field:") {
          let path = String(text.dropFirst(6))
          var inner = ValueProblems(key: problems.key)
          let field = ValueKind<String>.field
          let pathNode = YAMLNode(.scalar(path, isPlain: false), origin: node.origin)
          if let path = field.read(pathNode, &inner) { return .field(path) }
          hint = "name a field after \"field:\", as in field:tokens or field:meta.tokens"
        } else if let near = Spelling.nearest(to: text, among: names) {
          hint = "did you mean \"\(near)\"?"
        } else if PlainScalar(text) == .text {
          hint = "a number in the row is field:\(text)"
        }
        problems.report(expected: expectation, found: node, hint: hint)
        return nil
      },
      write: { .string($0.name) })
  }
}
