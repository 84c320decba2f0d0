internal import Records

/// What one file of a configuration says, before it is put together with others.
struct ConfigurationLayer {
  /// Keys at the top of a file that say how it is read and are settings no more than a comment is.
  enum Directive: String, CaseIterable {
    /// The files whose settings this one has unless it says otherwise.
    case extends
    /// What its relative paths start from.
    case pathBase = "paths_relative_to"

    static let names = allCases.map(\.rawValue)
  }

  /// A file that is extended, and where that stands.
  struct Base {
    /// As it was written, with variables of the environment put in.
    let path: String
    let origin: Origin
  }

  /// A mapping without directives and without the section `sweep`.
  let settings: YAMLNode
  /// The section `sweep`; nil where there is none, or nothing in it.
  let sweep: YAMLNode.Entry?
  /// The first is the outermost.
  let bases: [Base]
  let pathBase: PathBase

  /// Reads the text of a file, which should be UTF-8.
  init(_ file: ConfigurationFile, _ environment: Environment) throws(ConfigurationError) {
    let template = "`dpo-prep config init` prints one to start from"
    guard !file.holdsData else { throw file.dataFailure }
    guard let root = try YAMLNode.parse(file.bytes, file: file.name) else {
      throw ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "the configuration is empty", at: SourceLocation(file: file.name),
          hint: template))
    }
    // JSON is YAML.
    guard !(root.isRows && file.isBraced) else { throw file.dataFailure }
    guard case .mapping(let entries) = root.content else {
      throw ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "expected a mapping of settings, found \(root.summary)",
          at: root.origin.location, hint: template))
    }
    settings = YAMLNode(
      .mapping(
        entries.filter { $0.key != Sweep.section && Directive(rawValue: $0.key) == nil }),
      origin: root.origin)
    sweep = entries.first { $0.key == Sweep.section && !$0.value.isNull }
    var problems: [Diagnostic] = []
    bases = Self.bases(entries, environment, &problems)
    pathBase = Self.pathBase(entries, &problems)
    if let first = problems.first {
      throw ConfigurationError(.invalidSettings, first, Array(problems.dropFirst()))
    }
  }

  private static func bases(
    _ entries: [YAMLNode.Entry], _ environment: Environment, _ diagnostics: inout [Diagnostic]
  ) -> [Base] {
    guard let node = entries.first(where: { $0.key == Directive.extends.rawValue })?.value,
      !node.isNull
    else { return [] }
    var problems = ValueProblems(key: Directive.extends.rawValue)
    defer { diagnostics += problems.diagnostics }
    let places =
      if case .sequence(let elements) = node.content { elements.map(\.origin) } else {
        [node.origin]
      }
    guard let node = PathReading(environment: environment).resolved(node, &problems),
      let paths = ValueKind.paths.read(node, &problems)
    else { return [] }
    return zip(paths, places).map { Base(path: $0, origin: $1) }
  }

  private static func pathBase(
    _ entries: [YAMLNode.Entry], _ diagnostics: inout [Diagnostic]
  ) -> PathBase {
    guard let node = entries.first(where: { $0.key == Directive.pathBase.rawValue })?.value
    else { return .workingDirectory }
    var problems = ValueProblems(key: Directive.pathBase.rawValue)
    defer { diagnostics += problems.diagnostics }
    return ValueKind<PathBase>.choice().read(node, &problems) ?? .workingDirectory
  }
}

extension ValueKind<[String]> {
  /// Configuration files.
  static var paths: ValueKind { .list(of: .path, "paths", summary: "paths", isUnique: true) }
}
