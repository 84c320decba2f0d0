package import Records

/// Rows that are well-formed JSON, but nothing that an evaluation can use.
package struct MalformedRows: Sendable {
  package private(set) var count = 0
  /// Where the first one is.
  package private(set) var first: SourceLocation?
  /// What the first one lacks.
  package private(set) var reason: String?

  /// - Parameter number: The row's number in its file, for files that are not read by lines.
  mutating func add(_ location: SourceLocation, number: Int, _ row: UnusableRow) {
    count += 1
    guard first == nil else { return }
    first = location
    reason = (location.line == nil ? "row \(number): " : "") + row.reason
  }
}
