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
    let wanted = Array(last.utf8)
    let nearest =
      names
      .map { (name: $0, distance: distance(wanted, Array($0.utf8))) }
      .filter { $0.distance * 3 <= max(wanted.count, $0.name.utf8.count) }
      .min { $0.distance < $1.distance }
    return nearest.map { parts.count == 1 ? $0.name : "\(above)/\($0.name)" }
  }

  /// The least number of bytes to insert, delete or replace (Levenshtein).
  ///
  /// - Complexity: O(*n*·*m*).
  static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var row = Array(0...second.count)
    for (i, byte) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let substituted = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
      }
    }
    return row[second.count]
  }
}
