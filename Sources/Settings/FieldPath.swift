package import Records

/// A name in `input.fields` and what it maps.
package struct FieldPath: Sendable {
  /// Where the path, or the paths, are kept.
  package enum Target: Sendable {
    case one(any WritableKeyPath<FieldMap, String> & Sendable)
    case several(any WritableKeyPath<FieldMap, [String]> & Sendable)
    case rewards(any WritableKeyPath<FieldMap, [RewardField]> & Sendable)
  }

  package let name: String
  package let target: Target

  init(_ name: String, _ target: Target) {
    self.name = name
    self.target = target
  }

  /// Maps the name to a path; several are parted by commas where the name can have several.
  package func map(to text: String, in fields: inout FieldMap) {
    switch target {
    case .one(let path): fields[keyPath: path] = text
    case .several(let path): fields[keyPath: path] = Self.parts(of: text)
    case .rewards(let path): fields[keyPath: path] = Self.parts(of: text).map { RewardField($0) }
    }
  }

  private static func parts(of text: String) -> [String] {
    text.split(separator: ",").map { String($0.drop { $0 == " " }) }
  }
}
