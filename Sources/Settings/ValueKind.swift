internal import Records

/// How values of one type are written in a configuration: read, written back, described.
struct ValueKind<Value: Sendable>: Sendable {
  /// What an error message says was expected, such as `a number above 0 and at most 1`.
  let expectation: String
  /// What the table of settings says, in Markdown.
  let summary: String
  /// The JSON Schema of a value.
  let schema: ConfigValue
  /// The value of a node; nil after at least one problem has been reported.
  let read: @Sendable (YAMLNode, inout ValueProblems) -> Value?
  let write: @Sendable (Value) -> ConfigValue
  /// A node in its long form, in which parts have addresses: a list where one value stands for
  /// it, a mapping where a bare name does.
  let longForm: @Sendable (YAMLNode) -> YAMLNode
  /// Whether values are paths of files or folders.
  var holdsPaths = false
  /// The addresses of the parts that a value has in its long form, such as `0.alpha`.
  var parts: [String] = []
  /// Values of which each shows something, where there are few.
  var examples: [ConfigValue] = []

  init(
    expectation: String, summary: String, schema: ConfigValue,
    read: @escaping @Sendable (YAMLNode, inout ValueProblems) -> Value?,
    write: @escaping @Sendable (Value) -> ConfigValue,
    longForm: @escaping @Sendable (YAMLNode) -> YAMLNode = { $0 }
  ) {
    self.expectation = expectation
    self.summary = summary
    self.schema = schema
    self.read = read
    self.write = write
    self.longForm = longForm
  }

  /// The same for paths of files or folders.
  var ofPaths: ValueKind { with { $0.holdsPaths = true } }

  /// The same with a change.
  func with(_ change: (inout ValueKind) -> Void) -> ValueKind {
    var changed = self
    change(&changed)
    return changed
  }
}

/// Collects what is wrong with the value of one key.
struct ValueProblems {
  /// The dotted key of the value being read; a part of a list has its index in it.
  var key: String
  private(set) var diagnostics: [Diagnostic] = []

  init(key: String) { self.key = key }

  mutating func report(_ message: String, at origin: Origin, hint: String? = nil) {
    diagnostics.append(Diagnostic(.error, message, at: origin.location, hint: hint))
  }

  /// Reports that something else was expected.
  mutating func report(expected expectation: String, found node: YAMLNode, hint: String? = nil) {
    report(
      "expected \(expectation) for \"\(key)\", found \(node.summary)", at: node.origin, hint: hint)
  }

  /// Reads a part of the value under its own key.
  mutating func reading<Part>(
    _ part: String, _ body: (inout ValueProblems) -> Part
  ) -> Part {
    let whole = key
    key += ".\(part)"
    defer { key = whole }
    return body(&self)
  }
}
