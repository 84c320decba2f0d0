/// Finds the name that a mistyped one most likely stands for.
package enum Spelling {
  /// The candidate nearest to `name`, if it is near enough to be what was meant.
  ///
  /// - Returns: the first of the nearest candidates; nil if more than a third of the longer name
  ///   would have to change.
  package static func nearest(to name: String, among candidates: [String]) -> String? {
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(from: name, to: candidate)
      let longer = max(name.utf8.count, candidate.utf8.count)
      guard distance * 3 <= max(longer, 3), distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.candidate
  }

  /// How many bytes must be inserted, removed, replaced or swapped with their neighbour, where
  /// letter case and the choice of `-` or `_` count nothing (optimal string alignment distance).
  ///
  /// - Complexity: O(*n*·*m*), with names cut at 100 bytes.
  static func distance(from first: String, to second: String) -> Int {
    let (first, second) = (folded(first), folded(second))
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for row in 0..<first.count {
      var current = [row + 1]
      for column in 0..<second.count {
        let substitution = last[column] + (first[row] == second[column] ? 0 : 1)
        var distance = min(substitution, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          distance = min(distance, beforeLast[column - 1] + 1)
        }
        current.append(distance)
      }
      (beforeLast, last) = (last, current)
    }
    return last[second.count]
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.prefix(100).map { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      case UInt8(ascii: "-"): UInt8(ascii: "_")
      default: byte
      }
    }
  }
}
