package import Ingest
package import JSON
package import Records

/// What the first rows of an input hold, field by field.
package struct FieldSurvey: Sendable {
  /// A field: a top-level one, or a member of an object, by its dotted path.
  package struct Field: Sendable {
    package let path: String
    /// The rows that have it, null not counted.
    package fileprivate(set) var present = 0
    package fileprivate(set) var type = JSONType.nothing
    /// The beginning of its first value.
    package fileprivate(set) var example: String?
  }

  package private(set) var fields: [Field] = []
  package private(set) var rows = 0
  /// The first row that is an object, and where it is.
  package private(set) var first: (row: JSONValue, location: SourceLocation)?

  /// Rows after these are not looked at.
  package static let rowLimit = 1000
  /// Objects with more members are maps; their members are not fields.
  private static let memberLimit = 20

  /// Looks at the first rows of some files.
  package init(_ files: [InputFile], checkpoint: () throws -> Void) throws {
    struct Enough: Error {}
    do {
      try TreePass(threads: 1).run(files) {
        $0.rows
      } consume: { found in
        try checkpoint()
        for row in found {
          guard let value = row.tree, let members = value.members else { continue }
          if first == nil { first = (value, row.location) }
          rows += 1
          add(members, below: "")
          if rows == Self.rowLimit { throw Enough() }
        }
      }
    } catch is Enough {}
  }

  private mutating func add(_ members: [JSONValue.Member], below parent: String) {
    for member in members {
      let path = parent + String(decoding: member.name, as: UTF8.self)
      let index = fields.firstIndex { $0.path == path } ?? fields.count
      if index == fields.count { fields.append(Field(path: path)) }
      guard member.value != .null else { continue }
      fields[index].present += 1
      fields[index].type = fields[index].type.merged(with: JSONType(member.value))
      if fields[index].example == nil { fields[index].example = member.value.excerpt }
      if parent.isEmpty, let inner = member.value.members, inner.count <= Self.memberLimit {
        add(inner, below: path + ".")
      }
    }
  }
}

extension JSONType: CustomStringConvertible {
  /// The type in a few words.
  package var description: String {
    switch self {
    case .nothing: "null"
    case .bool: "boolean"
    case .integer, .wideInteger: "integer"
    case .number: "number"
    case .string: "text"
    case .mixed: "several types"
    case .object(let members):
      "{"
        + members.prefix(4).map { String(decoding: $0.name, as: UTF8.self) }
        .joined(separator: ", ") + (members.count > 4 ? ", ...}" : "}")
    case .list(.nothing): "empty list"
    case .list(let element): "list of \(element)"
    }
  }
}
