/// A value as YAML and JSON know it, with mappings in a fixed order, for writing.
package enum ConfigValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case list([ConfigValue])
  case mapping([Entry])

  /// A key of a mapping and its value.
  package struct Entry: Equatable, Sendable {
    package var key: String
    package var value: ConfigValue

    package init(_ key: String, _ value: ConfigValue) {
      self.key = key
      self.value = value
    }
  }
}

extension ConfigValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByArrayLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }

  package init(arrayLiteral elements: ConfigValue...) { self = .list(elements) }

  /// A mapping in the order written.
  package init(dictionaryLiteral elements: (String, ConfigValue)...) {
    self = .mapping(elements.map { Entry($0, $1) })
  }
}

extension ConfigValue {
  /// What a mapping holds for a key; nil for other values and other keys.
  package subscript(key: String) -> ConfigValue? {
    guard case .mapping(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// Sets what a mapping holds for a dotted path, making mappings on the way.
  mutating func set(_ value: ConfigValue, at path: ArraySlice<String>) {
    guard let key = path.first else {
      self = value
      return
    }
    var entries: [Entry] = []
    if case .mapping(let present) = self { entries = present }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value.set(value, at: path.dropFirst())
    } else {
      var inner = ConfigValue.mapping([])
      inner.set(value, at: path.dropFirst())
      entries.append(Entry(key, inner))
    }
    self = .mapping(entries)
  }

  /// The value as a tree that came from nowhere, so that overrides can change a part of it.
  func node(origin: Origin) -> YAMLNode {
    let content: YAMLNode.Content =
      switch self {
      case .null, .bool, .int, .double: .scalar(flowText, isPlain: true)
      case .string(let text): .scalar(text, isPlain: false)
      case .list(let elements): .sequence(elements.map { $0.node(origin: origin) })
      case .mapping(let entries):
        .mapping(
          entries.map {
            YAMLNode.Entry(key: $0.key, keyOrigin: origin, value: $0.value.node(origin: origin))
          })
      }
    return YAMLNode(content, origin: origin)
  }

  /// A number that YAML 1.1, YAML 1.2 and JSON all read as the same double, and never as an
  /// integer.
  ///
  /// Swift's shortest form is `1e-05`, which YAML 1.1 takes for text: it wants a point.
  static func text(of number: Double) -> String {
    let shortest = "\(number)"
    guard !shortest.contains("."), let exponent = shortest.firstIndex(of: "e") else {
      return shortest
    }
    return "\(shortest[..<exponent]).0\(shortest[exponent...])"
  }
}
