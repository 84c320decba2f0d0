package import Records

/// What the program tells its caller when a command has come to its end.
package struct ExitStatus: Equatable, Sendable {
  package let code: Int32

  package static let done = ExitStatus(code: 0)
  /// A check found something.
  package static let found = ExitStatus(code: 1)

  private init(code: Int32) { self.code = code }

  /// The status of a failure that is part of the results.
  package init(_ category: FailureCategory) { code = category.rawValue }
}
