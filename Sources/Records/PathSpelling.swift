/// What a shell would make another path of, and this program does not.
///
/// A folder named `~` or `$HOME` is never meant, so such a path is refused rather than created.
package enum PathSpelling {
  /// Why nothing can be written to a path as it is spelt, and what to write instead; nil where
  /// nothing is wrong with it.
  package static func flaw(ofOutput path: String) -> String? {
    if path.utf8.contains(0) { return "a path has no zero byte" }
    if path.contains("://") { return "only files of this machine are written" }
    return unexpanded(path)
  }

  /// The same of a path where a folder is to be.
  package static func flaw(ofOutputFolder path: String) -> String? {
    path == "-"
      ? "a folder cannot go to standard output; write ./- if that is its name"
      : flaw(ofOutput: path)
  }

  /// What to do about a path that a shell would have expanded; nil where it would not.
  package static func unexpanded(_ path: String) -> String? {
    if path.utf8.first == UInt8(ascii: "~") {
      return "`~` is not expanded here; write the whole path, or ./\(path) if that is its name"
    }
    guard let variable = variable(in: path) else { return nil }
    return "`\(variable)` is not expanded here; write the whole path, or have the shell put it in"
  }

  /// The first `$NAME` or `${NAME}` of a path.
  private static func variable(in path: String) -> Substring? {
    var rest = path[...]
    while let start = rest.firstIndex(of: "$") {
      let name = rest[rest.index(after: start)...]
      if name.first == "{", let end = name.firstIndex(of: "}") { return rest[start...end] }
      let word = name.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
      if let first = word.first, !first.isNumber { return rest[start..<word.endIndex] }
      rest = name
    }
    return nil
  }
}
