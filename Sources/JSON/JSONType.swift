/// The type that values have in common, as columns of a table need one.
package indirect enum JSONType: Hashable, Sendable {
  /// Only null so far.
  case nothing
  case bool, integer, number, string
  /// Integers that 64 bits hold but not every double: told from others only where asked for.
  case wideInteger
  case list(JSONType)
  /// The members that some value has, in the order of their first appearance.
  case object([Member])
  /// Values that no other type holds.
  case mixed

  /// A member of an object.
  package struct Member: Hashable, Sendable {
    package var name: [UInt8]
    package var type: JSONType

    package init(name: [UInt8], type: JSONType) {
      self.name = name
      self.type = type
    }
  }

  /// The type of one value.
  ///
  /// - Parameter isWritten: whether values are to be written and read back as they are. Then an
  ///   integer that no double holds has no type in common with numbers, and a list with a null has
  ///   none at all: of one that begins with null, pyarrow makes a broken column in JSON Lines.
  package init(_ value: JSONValue, isWritten: Bool = false) {
    switch value {
    case .null: self = .nothing
    case .bool: self = .bool
    case .integer(let integer):
      self = isWritten && Int(exactly: Double(integer)) != integer ? .wideInteger : .integer
    // No column of 64 bits holds it.
    case .largeInteger: self = .mixed
    case .number: self = .number
    case .string: self = .string
    case .list(let elements):
      guard !isWritten || !elements.contains(.null) else {
        self = .mixed
        return
      }
      self = .list(
        elements.reduce(.nothing) { $0.merged(with: JSONType($1, isWritten: isWritten)) })
    case .object(let members):
      self = .object(
        members.map { Member(name: $0.name, type: JSONType($0.value, isWritten: isWritten)) })
    }
  }

  /// The type of values of either.
  package func merged(with other: JSONType) -> JSONType {
    switch (self, other) {
    case (.nothing, let type), (let type, .nothing): type
    case (.integer, .number), (.number, .integer): .number
    case (.integer, .wideInteger), (.wideInteger, .integer): .wideInteger
    case (.list(let first), .list(let second)): .list(first.merged(with: second))
    case (.object(let first), .object(let second)): .object(Self.merged(first, second))
    default: self == other ? self : .mixed
    }
  }

  /// The members of either, those of the first before those that only the second has.
  package static func merged(_ first: [Member], _ second: [Member]) -> [Member] {
    var members = first
    for member in second {
      if let place = members.firstIndex(where: { $0.name == member.name }) {
        members[place].type = members[place].type.merged(with: member.type)
      } else {
        members.append(member)
      }
    }
    return members
  }
}
