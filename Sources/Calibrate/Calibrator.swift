/// Scores candidates: score = reward − Σ alpha · bias, by table.
@usableFromInline
package struct Calibrator: Sendable {
  /// What a curve takes from the reward of a candidate, by characteristic and code.
  @usableFromInline package let deductions: [[Double]]

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
  @inlinable
  package func score(_ reward: Double, code: (Int) -> UInt32) -> Double {
    var score = reward
    for number in deductions.indices {
      score -= deductions[number][Int(code(number))]
    }
    return score
  }

  /// The scores of all candidates, computed as they are asked for.
  ///
  /// - Parameters:
  ///   - rewards: For each candidate its reward; NaN stays NaN.
  ///   - codes: For each curve the codes of the candidates.
  @inlinable
  package func scores<Rewards, Codes>(
    of rewards: Rewards, codes: [Codes]
  ) -> CalibratedScores<Rewards, Codes> {
    CalibratedScores(calibrator: self, rewards: rewards, codes: codes)
  }
}

/// The scores of all candidates, by candidate number.
@usableFromInline
package struct CalibratedScores<Rewards, Codes>: RandomAccessCollection
where
  Rewards: RandomAccessCollection<Double>, Rewards.Index == Int,
  Codes: RandomAccessCollection<UInt32>, Codes.Index == Int
{
  @usableFromInline package let calibrator: Calibrator
  @usableFromInline package let rewards: Rewards
  @usableFromInline package let codes: [Codes]

  @inlinable
  package init(calibrator: Calibrator, rewards: Rewards, codes: [Codes]) {
    self.calibrator = calibrator
    self.rewards = rewards
    self.codes = codes
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { rewards.count }

  @inlinable package subscript(index: Int) -> Double {
    calibrator.score(rewards[index]) { codes[$0][index] }
  }
}

extension CalibratedScores: Sendable where Rewards: Sendable, Codes: Sendable {}
