internal import Records

extension ValueKind<Bool> {
  /// `true` or `false`.
  static var truth: ValueKind {
    ValueKind(
      expectation: "true or false", summary: "`true` \\| `false`", schema: ["type": "boolean"],
      read: { node, problems in
        guard case .bool(let value) = node.plainScalar else {
          problems.report(expected: "true or false", found: node)
          return nil
        }
        return value
      },
      write: { .bool($0) }
    ).with { $0.examples = [.bool(true), .bool(false)] }
  }
}

extension ValueKind<String> {
  /// A text that is not empty.
  ///
  /// Numbers are taken as they are written: a folder may be named 2024.
  ///
  /// - Parameters:
  ///   - noun: what it is, such as `a path`.
  ///   - flaw: what else is wrong with a text; nil if nothing is.
  static func text(
    _ noun: String, flaw: @escaping @Sendable (String) -> String? = { _ in nil }
  ) -> ValueKind {
    ValueKind(
      expectation: noun, summary: noun.withoutArticle,
      schema: ["type": ["string", "number"], "minLength": .int(1)],
      read: { node, problems in
        guard case .scalar(let text, let isPlain) = node.content, !text.isEmpty else {
          problems.report(expected: noun, found: node)
          return nil
        }
        if isPlain {
          switch PlainScalar(text) {
          case .null, .bool:
            problems.report(
              expected: noun, found: node, hint: "put it in quotes if the text is meant")
            return nil
          case .int, .double, .hugeInteger, .text: break
          }
        }
        if let flaw = flaw(text) {
          problems.report(expected: noun, found: node, hint: flaw)
          return nil
        }
        return text
      },
      write: { .string($0) })
  }

  /// The path of a file or folder.
  static var path: ValueKind {
    text("a path") { $0.utf8.contains(0) ? "a path has no zero byte" : nil }.ofPaths
  }

  /// A SHA-256 in hexadecimal.
  static var sha256: ValueKind {
    text("64 hexadecimal digits") { text in
      text.utf8.count == 64 && text.allSatisfy(\.isHexDigit)
        ? nil : "`sha256sum FILE` prints them"
    }
  }

  /// The path of a folder to write to.
  static var outputPath: ValueKind {
    text("a path", flaw: PathSpelling.flaw(ofOutputFolder:)).ofPaths
  }

  /// A field of a row, as a dotted path such as `meta.scores`.
  static var field: ValueKind {
    text("a dotted path") { text in
      let names = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      return names.contains(where: \.isEmpty)
        ? "name the fields from the outside in, as in meta.scores" : nil
    }
  }
}

extension ValueKind<[RewardField]> {
  /// A dotted path; a list of them; or a mapping from names of reward models to their paths, each
  /// with a weight where there is one.
  static var rewardFields: ValueKind {
    let paths = ValueKind<[String]>.fields
    let weight = ValueKind<Double>.number(.above(0))
    let long: ConfigValue = [
      "type": "object",
      "properties": [
        "field": paths.schema.described("Where the rewards of the model are."),
        "weight": weight.schema.described("How much they count; 1 unless it is given."),
      ],
      "required": ["field"],
      "additionalProperties": .bool(false),
    ]
    let models: ConfigValue = [
      "type": "object", "minProperties": .int(1),
      "additionalProperties": ["anyOf": [paths.schema, long]],
    ]
    return ValueKind(
      expectation: "a dotted path, a list of them, or a mapping from names to paths",
      summary: "dotted path, a list of them, or {name: path, name: {`field`, `weight` above 0}}",
      schema: ["anyOf": [paths.schema, models]],
      read: { node, problems in
        if case .scalar = node.content {
          return ValueKind<String>.field.read(node, &problems).map { [RewardField($0)] }
        }
        guard case .mapping(let entries) = node.content else {
          return paths.read(node, &problems)?.map { RewardField($0) }
        }
        if entries.isEmpty {
          problems.report(
            "expected at least one reward model in \"\(problems.key)\", found an empty mapping",
            at: node.origin)
          return nil
        }
        let fields = entries.map { entry in
          problems.reading(entry.key) { problems in
            RewardField.read(entry, paths, weight, &problems)
          }
        }
        let present = fields.compactMap(\.self)
        return present.count == fields.count ? present : nil
      },
      write: { fields in
        if fields.allSatisfy(\.isPlain) { return paths.write(fields.map { $0.paths[0] }) }
        return .mapping(
          zip(fields, fields.names).map { field, name in
            let path = paths.write(field.paths)
            return .init(
              name,
              field.weight == 1 ? path : ["field": path, "weight": weight.write(field.weight)])
          })
      },
      longForm: { node in
        guard case .mapping(let entries) = node.content else { return paths.longForm(node) }
        return YAMLNode(
          .mapping(
            entries.map { entry in
              if case .mapping = entry.value.content { return entry }
              let field = YAMLNode.Entry(
                key: "field", keyOrigin: entry.keyOrigin, value: entry.value)
              return YAMLNode.Entry(
                key: entry.key, keyOrigin: entry.keyOrigin,
                value: YAMLNode(.mapping([field]), origin: entry.value.origin))
            }), origin: node.origin)
      })
  }
}

extension RewardField {
  /// Reads the reward of a named model: a path, or a mapping with it.
  fileprivate static func read(
    _ entry: YAMLNode.Entry, _ paths: ValueKind<[String]>, _ weight: ValueKind<Double>,
    _ problems: inout ValueProblems
  ) -> RewardField? {
    guard case .mapping(let parts) = entry.value.content else {
      return paths.read(entry.value, &problems).map { RewardField(name: entry.key, paths: $0) }
    }
    var field: [String]?
    var factor: Double? = 1
    for part in parts {
      switch part.key {
      case "field": field = problems.reading("field") { paths.read(part.value, &$0) }
      case "weight": factor = problems.reading("weight") { weight.read(part.value, &$0) }
      default:
        problems.reportUnknownKey(part, among: ["field", "weight"])
        factor = nil
      }
    }
    if !parts.contains(where: { $0.key == "field" }) {
      problems.report(
        "\"\(problems.key)\" has no \"field\"", at: entry.value.origin,
        hint: "name where the rewards of the model are, as in {field: scores.a, weight: 2}")
    }
    guard let field, let factor else { return nil }
    return RewardField(name: entry.key, paths: field, weight: factor)
  }
}

extension ValueKind<[String]> {
  /// A dotted path, or a list of them.
  static var fields: ValueKind {
    let list = ValueKind<[String]>.list(of: .field, "dotted paths", isUnique: true)
    return ValueKind(
      expectation: "a dotted path or a list of them", summary: "dotted path, or a list of them",
      schema: list.schema, read: list.read,
      write: { $0.count == 1 ? .string($0[0]) : .list($0.map(ConfigValue.string)) },
      longForm: list.longForm)
  }
}

extension ValueKind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of a few words.
  ///
  /// - Parameter refusals: words that one might think of, and why they are none of these.
  static func choice(refusing refusals: [String: String] = [:]) -> ValueKind {
    let words = Value.allCases.map(\.rawValue)
    let list = words.dropLast().joined(separator: ", ")
    let expectation = words.count == 1 ? words[0] : "\(list) or \(words[words.count - 1])"
    return ValueKind(
      expectation: expectation, summary: words.map { "`\($0)`" }.joined(separator: " \\| "),
      schema: ["type": "string", "enum": .list(words.map { .string($0) })],
      read: { node, problems in
        guard case .scalar(let text, _) = node.content else {
          problems.report(expected: expectation, found: node)
          return nil
        }
        if let value = Value(rawValue: text) { return value }
        problems.report(
          expected: expectation, found: node,
          hint: refusals[text]
            ?? Spelling.nearest(to: text, among: words).map { "did you mean \"\($0)\"?" })
        return nil
      },
      write: { .string($0.rawValue) }
    ).with { $0.examples = words.suffix(1).map(ConfigValue.string) }
  }
}

extension ValueKind {
  /// A value, or a word that stands for none: `null`, or another word such as `auto`.
  static func optional<Wrapped>(
    _ kind: ValueKind<Wrapped>, orWord word: String? = nil
  ) -> ValueKind where Value == Wrapped? {
    let wordSchema: ConfigValue =
      word.map { ["type": "string", "enum": [.string($0)]] } ?? ["type": "null"]
    return ValueKind(
      expectation: "\(word ?? "null") or \(kind.expectation)",
      summary: "\(kind.summary), or `\(word ?? "null")`",
      schema: ["anyOf": [kind.schema, wordSchema]],
      read: { node, problems in
        guard let word else {
          return node.isNull ? .some(nil) : kind.read(node, &problems).map { .some($0) }
        }
        if case .scalar(word, _) = node.content { return .some(nil) }
        var inner = ValueProblems(key: problems.key)
        if let value = kind.read(node, &inner) { return .some(value) }
        problems.report(
          expected: "\(word) or \(kind.expectation)", found: node,
          hint: inner.diagnostics.first?.hint)
        return nil
      },
      write: { value in
        value.map(kind.write) ?? word.map { .string($0) } ?? .null
      },
      longForm: kind.longForm
    ).with {
      $0.holdsPaths = kind.holdsPaths
      $0.examples = kind.examples + (word.map { [.string($0)] } ?? [])
    }
  }
}

extension String {
  /// `path` for `a path`.
  var withoutArticle: String {
    for article in ["a ", "an "] where hasPrefix(article) {
      return String(dropFirst(article.count))
    }
    return self
  }
}
