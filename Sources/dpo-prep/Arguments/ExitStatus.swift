internal import Records

/// What the program tells its caller when a command has come to its end.
struct ExitStatus: Equatable, Sendable {
  let code: Int32

  static let done = ExitStatus(code: 0)
  /// A check found something.
  static let found = ExitStatus(code: 1)

  private init(code: Int32) { self.code = code }

  /// The status of a failure that is part of the results.
  init(_ category: FailureCategory) { code = category.rawValue }
}
