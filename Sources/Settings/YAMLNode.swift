/// A node of a YAML document, with the place it was written at.
package struct YAMLNode: Equatable, Sendable {
  /// What a node holds.
  package enum Content: Equatable, Sendable {
    /// Text; only plain (unquoted) text can be a number, a truth value or null.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    /// Entries in the order they were written; no two have one key.
    case mapping([Entry])
  }

  /// A key of a mapping and what it stands for.
  package struct Entry: Equatable, Sendable {
    package var key: String
    package var keyOrigin: Origin
    package var value: YAMLNode
  }

  package var content: Content
  package var origin: Origin

  package init(_ content: Content, origin: Origin) {
    self.content = content
    self.origin = origin
  }
}

extension YAMLNode {
  /// Whether the node is null: `null`, `~` or nothing at all.
  package var isNull: Bool {
    if case .scalar(let text, isPlain: true) = content { return PlainScalar(text) == .null }
    return false
  }

  /// The node as an error message names what was found.
  package var summary: String {
    switch content {
    case .scalar("", isPlain: true): "nothing"
    case .scalar(let text, isPlain: true) where PlainScalar(text) == .null: "null"
    case .scalar(let text, isPlain: true): quoted(text)
    case .scalar(let text, isPlain: false): "the text \(quoted(text))"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The origins of the node and of everything in it, each once, in the order met.
  package var origins: [Origin] {
    var found: [Origin] = []
    func visit(_ node: YAMLNode) {
      if !found.contains(node.origin) { found.append(node.origin) }
      switch node.content {
      case .scalar: break
      case .sequence(let elements): elements.forEach(visit)
      case .mapping(let entries): entries.forEach { visit($0.value) }
      }
    }
    visit(self)
    return found
  }
}

/// `text` between double quotes, shortened and with control characters replaced, for a message.
func quoted(_ text: String) -> String {
  let limit = 60
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars.prefix(limit) {
    scalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
  }
  return "\"\(String(scalars))\(text.unicodeScalars.count > limit ? "…" : "")\""
}
