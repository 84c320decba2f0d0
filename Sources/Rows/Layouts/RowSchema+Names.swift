internal import JSON

extension RowSchema {
  /// Finds out by a row whether dots in paths part names or belong to them.
  ///
  /// - Returns: the paths of which the row does not tell it, those of what may stand beside a
  ///   conversation left out.
  @discardableResult
  mutating func findNames(of paths: [String], in row: JSONValue) -> [String] {
    var open: [String] = []
    for path in paths where path.contains(".") {
      if let found = row.keys(of: path) {
        if found.count != path.split(separator: ".").count { keys[path] = found }
      } else if !contextPaths.contains(path) {
        open.append(path)
      }
    }
    return open
  }
}
