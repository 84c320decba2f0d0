/// Finds what a misspelt name probably meant.
public enum Spelling {
  /// The candidate nearest to `name`, if it is near enough to be worth suggesting.
  ///
  /// Nearness is the Damerau–Levenshtein distance (optimal string alignment) over lower-case
  /// letters; at most a third of the longer name may differ, and names that contain one another
  /// count as near. Ties go to the earlier candidate.
  public static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
    let typed = Array(name.lowercased())
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let known = Array(candidate.lowercased())
      let contains =
        min(typed.count, known.count) >= 3
        && (candidate.lowercased().contains(name.lowercased())
          || name.lowercased().contains(candidate.lowercased()))
      let distance = distance(typed, known)
      let limit = max(typed.count, known.count, 3) / 3
      guard distance <= limit || contains else { continue }
      let rank = distance <= limit ? distance : limit + distance
      if best.map({ rank < $0.distance }) ?? true { best = (candidate, rank) }
    }
    return best?.name
  }

  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: second.count + 1)
    var last = Array(0...second.count)
    for row in first.indices {
      var current = [row + 1]
      for column in second.indices {
        let isSame = first[row] == second[column]
        var cost = min(
          last[column + 1] + 1, current[column] + 1, last[column] + (isSame ? 0 : 1))
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column]
        {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[second.count]
  }
}
