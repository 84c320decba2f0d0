/// Scores candidates: score = reward − Σ alpha · bias, by table.
package struct Calibrator: Sendable {
  /// What a curve takes from the reward of a candidate, by characteristic and code.
  package let deductions: [[Double]]
  /// The bias by characteristic and code.
  private let biases: [[Double]]

  /// Makes the tables.
  ///
  /// - Parameters:
  ///   - curves: In the order of their removal; none leaves rewards as they are.
  ///   - levels: For each curve the dictionary of values its codes refer to.
  package init(curves: [BiasCurve], levels: [[Double]]) {
    precondition(levels.count >= curves.count, "every curve needs its dictionary")
    self.init(
      biases: zip(curves, levels).map { $0.table(for: $1) }, alphas: curves.map(\.alpha))
  }

  private init(biases: [[Double]], alphas: [Double]) {
    self.biases = biases
    deductions = zip(biases, alphas).map { biases, alpha in biases.map { alpha * $0 } }
  }

  /// The same biases, of which other parts are removed.
  package func removed(alphas: [Double]) -> Calibrator {
    Calibrator(biases: biases, alphas: alphas)
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
