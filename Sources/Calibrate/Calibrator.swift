/// Scores candidates: score = reward − Σ alpha · bias, by table.
package struct Calibrator: Sendable {
  /// What a curve takes from the reward of a candidate, by characteristic and code.
  package let deductions: [[Double]]

  /// Makes the tables.
  ///
  /// - Parameters:
  ///   - curves: In the order of their removal; none leaves rewards as they are.
  ///   - levels: For each curve the dictionary of values its codes refer to.
  package init(curves: [BiasCurve], levels: [[Double]]) {
    precondition(levels.count >= curves.count, "every curve needs its dictionary")
    deductions = zip(curves, levels).map { curve, levels in
      curve.table(for: levels).map { curve.alpha * $0 }
    }
  }

  /// The score of a candidate; NaN if it has no bias, which leaves its prompt uncalibrated.
  ///
  /// - Parameter code: Gives the candidate's code for a characteristic, by number.
  package func score(_ reward: Double, code: (Int) -> UInt32) -> Double {
    var score = reward
    for number in deductions.indices {
      score -= deductions[number][Int(code(number))]
    }
    return score
  }
}
