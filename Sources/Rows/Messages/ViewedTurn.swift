internal import Bytes
package import Parquet
package import Records

/// A message with a role and a text and nothing else, whose text is looked at where it is.
package struct ViewedTurn: Sendable {
  package var role: Message.Role
  package var text: TextView
}

extension Message.Role {
  /// The role that goes by a name; nil for names that are not those of a role alone.
  init?(named name: Span<UInt8>) {
    for (known, role) in Self.names where name.equals(known.span) {
      self = role
      return
    }
    return nil
  }

  private static let names: [([UInt8], Message.Role)] =
    MessageReader.roles.map { (Array($0.name.utf8), $0.role) }
}
