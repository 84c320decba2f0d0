package import Calibrate
internal import Columns
package import Scan

/// Every candidate's reward less its biases; NaN outside the population, and where a bias is not
/// known.
package struct CalibratedRewards: NumberSource, Sendable {
  // Columns alone: a copy of the table would count references to all of them.
  private let rewards: Columns.Column<Double>
  /// For each curve the codes of its characteristic, and what it takes from the reward by code.
  private let codes: [Columns.Column<UInt32>]
  private let deductions: [[Double]]

  /// - Parameter curves: In the order of their removal.
  package init(_ table: CandidateTable, curves: [BiasCurve]) {
    self.init(table, Calibrator(curves: curves, levels: table.measures.map(\.levels)))
  }

  init(_ table: CandidateTable, _ calibrator: Calibrator) {
    rewards = table.rewards
    deductions = calibrator.deductions
    codes = table.measures.prefix(deductions.count).map(\.codes)
  }

  package var count: Int { rewards.count }

  package subscript(candidate: Int) -> Double {
    var score = rewards[candidate]
    for number in deductions.indices {
      score -= deductions[number][Int(codes[number][candidate])]
    }
    return score
  }

  /// What is taken from a candidate's reward.
  func bias(of candidate: Int) -> Double {
    deductions.indices.reduce(0) { $0 + deductions[$1][Int(codes[$1][candidate])] }
  }

  package func copy(from start: Int, into block: inout MutableSpan<Double>) {
    rewards.copy(from: start, into: &block)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: block.count) { codes in
      codes.initialize(repeating: 0)
      var part = codes.mutableSpan
      for number in deductions.indices {
        self.codes[number].copy(from: start, into: &part)
        let own = deductions[number]
        let taken = own.span
        for index in block.indices { block[index] -= taken[Int(part[index])] }
      }
    }
  }
}
