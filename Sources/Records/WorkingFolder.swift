internal import Glibc

/// The folder that the program runs in, from which relative paths start.
package enum WorkingFolder {
  /// Its absolute path.
  package static var path: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// What to say of a path that leads nowhere: what else may help, and where it was looked for.
  package static func hint(_ other: String? = nil, forMissing path: String) -> String? {
    let start = path.hasPrefix("/") ? nil : "relative paths start from \(self.path)"
    let lines = [other, start].compactMap(\.self)
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
