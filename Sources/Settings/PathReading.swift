internal import Records

/// What relative paths of a configuration file start from.
enum PathBase: String, CaseIterable, Sendable {
  /// The folder that the command runs in.
  case workingDirectory = "working_directory"
  /// The folder of the file that they are written in.
  case config
}

/// How settings that are paths are understood where files have them.
///
/// `${NAME}` stands for a variable of the environment, `$${` for `${` itself; arguments are taken as
/// they are, since a shell has seen to them.
struct PathReading: Sendable {
  let environment: Environment
  /// The folders that relative paths start from, by the name of the file that they are written in;
  /// without an entry, the folder that the command runs in.
  var folders: [String: String] = [:]

  /// A path, or a list of paths, as it is meant; nil after at least one problem has been reported.
  func resolved(_ node: YAMLNode, _ problems: inout ValueProblems) -> YAMLNode? {
    switch node.content {
    case .sequence(let elements):
      let resolved = elements.indices.map { index in
        problems.reading("\(index)") { self.resolved(elements[index], &$0) }
      }
      let present = resolved.compactMap(\.self)
      guard present.count == elements.count else { return nil }
      return YAMLNode(.sequence(present), origin: node.origin)
    case .scalar(let text, _):
      guard case .file(let place) = node.origin, node.isText else { return node }
      guard let expanded = expanded(text, at: node.origin, &problems) else { return nil }
      let path = Self.path(expanded, from: folders[place.file])
      if path.utf8.elementsEqual(text.utf8) { return node }
      return YAMLNode(.scalar(path, isPlain: false), origin: node.origin)
    case .mapping: return node
    }
  }

  /// A path from a folder on; nil is the folder that the command runs in.
  static func path(_ path: String, from folder: String?) -> String {
    guard let folder, !path.hasPrefix("/"), path != "-", !path.contains("://"), !path.isEmpty else {
      return path
    }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  /// The folder that a file is in, as the file's name tells it; nil for the one that the command
  /// runs in.
  static func folder(ofFile name: String) -> String? {
    guard let end = name.lastIndex(of: "/") else { return nil }
    return end == name.startIndex ? "/" : String(name[..<end])
  }

  /// A text as a file writes it that is read as `path`.
  static func escaped(_ path: String) -> String { path.replacing("${", with: "$${") }

  private func expanded(
    _ text: String, at origin: Origin, _ problems: inout ValueProblems
  ) -> String? {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${")?.lowerBound {
      if rest[..<start].last == "$" {
        // The first `$` of `$${` says that the second is meant as it is.
        result += rest[..<start].dropLast() + "${"
        rest = rest[start...].dropFirst(2)
        continue
      }
      let inner = rest[start...].dropFirst(2)
      let name = inner.prefix { $0 != "}" }
      guard name.endIndex < inner.endIndex, Self.isName(name) else {
        problems.report(
          "expected ${NAME} for \"\(problems.key)\", found \(quoted(String(rest[start...])))",
          at: origin,
          hint: "NAME is an environment variable: letters, digits and _; for the text itself write "
            + "$${")
        return nil
      }
      switch environment.text(of: String(name)) {
      case .success(let value): result += rest[..<start] + value
      case .failure(let flaw):
        problems.report(
          "the environment variable \(name) of \"\(problems.key)\" \(flaw.rawValue)", at: origin,
          hint: "give it a value: export \(name)=…")
        return nil
      }
      rest = inner[name.endIndex...].dropFirst()
    }
    return result + rest
  }

  private static func isName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return name.allSatisfy { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}

extension YAMLNode {
  /// Whether this is a text or a number rather than null, a truth value, a list or a mapping.
  fileprivate var isText: Bool {
    guard case .scalar(let text, let isPlain) = content else { return false }
    guard isPlain else { return true }
    switch PlainScalar(text) {
    case .null, .bool: return false
    case .int, .double, .hugeInteger, .text: return true
    }
  }
}
