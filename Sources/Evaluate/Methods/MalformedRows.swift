package import Records

/// Rows that are well-formed JSON, but nothing that an evaluation can use.
package struct MalformedRows: Sendable {
  package private(set) var count = 0
  /// Where the first one is.
  package private(set) var first: SourceLocation?

  mutating func add(_ location: SourceLocation) {
    count += 1
    first = first ?? location
  }

  static func += (one: inout MalformedRows, other: MalformedRows) {
    one.count += other.count
    one.first = one.first ?? other.first
  }
}
