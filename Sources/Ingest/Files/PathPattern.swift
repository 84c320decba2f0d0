internal import Glibc

/// Paths with wildcards: `*`, `?`, `[…]` within one name, `**` for any depth of folders.
enum PathPattern {
  /// Whether a path has wildcards.
  static func isPattern(_ path: String) -> Bool {
    path.utf8.contains { [UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "[")].contains($0) }
  }

  /// The first folder before all wildcards that is not there; nil where each is.
  static func missingFolder(of pattern: String) throws(IngestError) -> String? {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let plain = parts.prefix { !isPattern(String($0)) }.count
    for count in 0..<plain {
      let folder = parts[...count].joined(separator: "/")
      if !folder.isEmpty, try FileStatus(folder) == nil { return folder }
    }
    return nil
  }

  /// The existing paths that a pattern matches, each once, sorted by their bytes.
  static func matches(of pattern: String) throws(IngestError) -> [String] {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    guard let deep = parts.firstIndex(of: "**") else {
      return try plainMatches(of: pattern).sorted(by: ByteOrder.areInIncreasingOrder)
    }
    let above = parts[..<deep].joined(separator: "/")
    let rest = parts[(deep + 1)...].joined(separator: "/")
    var found = Set<String>()
    let bases =
      deep == 0 ? ["."] : above.isEmpty ? [""] : isPattern(above) ? try matches(of: above) : [above]
    for base in bases {
      for folder in try folders(under: base) {
        let prefix = deep == 0 ? String(folder.dropFirst(2)) : folder
        let joined = prefix.isEmpty && deep == 0 ? rest : "\(prefix)/\(rest)"
        found.formUnion(try matches(of: rest.isEmpty ? joined + "*" : joined))
      }
    }
    return found.sorted(by: ByteOrder.areInIncreasingOrder)
  }

  /// A folder and all visible folders below it; links to folders are not followed.
  private static func folders(under base: String) throws(IngestError) -> [String] {
    let root = base.isEmpty ? "/" : base
    guard try FileStatus(root)?.kind == .folder else { return [] }
    var result = [base]
    for name in try FileStatus.names(inFolder: root) where !DataFileName.isHidden(name) {
      let path = "\(base)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { continue }
      result += try folders(under: path)
    }
    return result
  }

  /// What glob(3) finds.
  private static func plainMatches(of pattern: String) throws(IngestError) -> [String] {
    var list = glob_t()
    defer { globfree(&list) }
    let status = glob(pattern, GLOB_NOSORT | GLOB_ERR, nil, &list)
    if status == GLOB_NOMATCH { return [] }
    guard status == 0, let paths = list.gl_pathv else {
      throw SystemError.error("cannot search for this pattern", number: errno, file: pattern)
    }
    return (0..<Int(list.gl_pathc)).compactMap { index in
      paths[index].map { String(cString: $0) }
    }
  }
}
