internal import Records

/// Finds what a misspelt path may have meant.
enum NearestName {
  /// The existing path beside a missing one that is spelt most like it.
  ///
  /// - Returns: nil if no name in that folder differs by less than a third of its letters.
  static func sibling(ofMissing path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = parts.last, !last.isEmpty else { return nil }
    let above = parts.dropLast().joined(separator: "/")
    let folder = parts.count == 1 ? "." : above.isEmpty ? "/" : above
    guard let names = try? FileStatus.names(inFolder: folder) else { return nil }
    let nearest = Spelling.nearest(to: String(last), among: names)
    return nearest.map { parts.count == 1 ? $0 : "\(above)/\($0)" }
  }
}
