/// What needs no reward model: to prefer an answer by its length alone.
package enum LengthBaseline: String, CaseIterable, Sendable {
  case longer, shorter

  /// The name in tables.
  package var title: String { "always the \(rawValue)" }

  /// The score of an answer of some code points.
  func score(_ characters: Double) -> Double { self == .longer ? characters : -characters }
}

/// How often the right answer of a subset is the longer one.
package struct LengthShare: Sendable {
  package var subset: String
  /// The share of pairs whose right answer is the longer; those of equal length by half.
  package var longerRight: Double
  /// A right and a wrong answer each.
  package var pairs: Int

  /// Whether length tells the right answer: Wilson's 95 % interval of the share lies outside
  /// 35 to 65 %.
  ///
  /// Where it does, a score that is free of length is without something that the answer's quality
  /// goes with.
  package var tellsQuality: Bool {
    let z = 1.959963984540054
    let count = Double(pairs)
    guard count > 0 else { return false }
    let middle = (longerRight + z * z / (2 * count)) / (1 + z * z / count)
    let spread = longerRight * (1 - longerRight) / count + z * z / (4 * count * count)
    let half = z * spread.squareRoot() / (1 + z * z / count)
    return middle - half > 0.65 || middle + half < 0.35
  }

  /// The shares of all subsets, in the order in which they first came.
  static func all(_ examples: [ScoredExample]) -> [LengthShare] {
    var order: [String] = []
    var sums: [String: (longer: Double, pairs: Int)] = [:]
    for example in examples {
      if sums[example.subset] == nil { order.append(example.subset) }
      for (right, wrong) in example.comparisons {
        let difference = example.answers[right].characters - example.answers[wrong].characters
        sums[example.subset, default: (0, 0)].longer += TieRule.half.points(difference)
        sums[example.subset, default: (0, 0)].pairs += 1
      }
    }
    return order.map { subset in
      let (longer, pairs) = sums[subset] ?? (0, 1)
      return LengthShare(subset: subset, longerRight: longer / Double(pairs), pairs: pairs)
    }
  }
}
