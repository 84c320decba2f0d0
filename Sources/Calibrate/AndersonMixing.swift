/// Larger steps to a point that a smooth map leaves where it is, learnt from those before.
///
/// Of the steps that were made the combination is taken for which the map's own step is least, as if the
/// map were affine (D. G. Anderson, "Iterative procedures for nonlinear integral equations", Journal of
/// the ACM 12 (1965), 547–560). With as many steps as the point has entries that is the secant method.
struct AndersonMixing {
  private let depth: Int
  private var last: (point: [Double], step: [Double])?
  /// Differences of points and of the map's steps, the newest last.
  private var differences: [(point: [Double], step: [Double])] = []

  /// - Parameter depth: How many steps are remembered.
  init(depth: Int) { self.depth = depth }

  /// Where to go from a point.
  ///
  /// - Parameters:
  ///   - point: Its entries are in units that compare.
  ///   - step: What the map adds to it.
  /// - Returns: what to add instead.
  mutating func change(from point: [Double], by step: [Double]) -> [Double] {
    if let last {
      differences.append((Self.difference(point, last.point), Self.difference(step, last.step)))
      if differences.count > depth { differences.removeFirst() }
    }
    last = (point, step)
    // Where some say the same, the newest count.
    let differences = Array(differences.reversed())
    var equations = LineEquations(count: differences.count)
    for row in differences.indices {
      equations.sums[row] = Self.product(differences[row].step, step)
      equations.squares[row] = Self.product(differences[row].step, differences[row].step)
      for column in differences.indices {
        equations.matrix[row][column] = Self.product(
          differences[row].step, differences[column].step)
      }
    }
    var change = step
    for (difference, part) in zip(differences, equations.solution()) {
      for entry in change.indices {
        change[entry] -= (part ?? 0) * (difference.point[entry] + difference.step[entry])
      }
    }
    return change
  }

  private static func difference(_ first: [Double], _ second: [Double]) -> [Double] {
    zip(first, second).map { $0 - $1 }
  }

  private static func product(_ first: [Double], _ second: [Double]) -> Double {
    zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
