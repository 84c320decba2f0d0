package import Calibrate
package import Columns
internal import Ingest
package import Scan

/// Every candidate's score: the reward less its bias; NaN outside the population.
///
/// In prompts where the bias of some candidate is not known, or takes its score beyond the largest
/// number, it is the reward alone.
package struct FinalScores: NumberSource, Sendable {
  private let rewards: Columns.Column<Double>
  private let prompts: Columns.Column<UInt32>
  private let calibrated: CalibratedRewards
  /// Prompts that are left as they are.
  private let uncalibrated: BitColumn
  package let uncalibratedCount: Int

  package init(_ scan: InputScan.Result, curves: [BiasCurve]) {
    let table = scan.table
    (rewards, prompts) = (table.rewards, table.prompts)
    calibrated = CalibratedRewards(table, curves: curves)
    var uncalibrated = BitColumn(count: table.promptCount)
    var count = 0
    var candidate = 0
    calibrated.forEachBlock(beside: rewards) { [prompts] scores, rewards in
      for index in scores.indices {
        if !scores[index].isFinite, !rewards[index].isNaN {
          let prompt = Int(prompts[candidate + index])
          if !uncalibrated[prompt] { count += 1 }
          uncalibrated.insert(prompt)
        }
      }
      candidate += scores.count
    }
    self.uncalibrated = uncalibrated
    uncalibratedCount = count
  }

  package var count: Int { rewards.count }

  /// Whether the scores of a prompt's candidates are its rewards less their biases.
  package func isCalibrated(prompt: Int) -> Bool { !uncalibrated[prompt] }

  package subscript(candidate: Int) -> Double {
    isLeft(candidate) ? rewards[candidate] : calibrated[candidate]
  }

  /// What is taken from a candidate's reward; 0 where it keeps it.
  package func bias(of candidate: Int) -> Double {
    isLeft(candidate) ? 0 : calibrated.bias(of: candidate)
  }

  /// Whether a candidate keeps its reward.
  private func isLeft(_ candidate: Int) -> Bool {
    uncalibratedCount > 0 && uncalibrated[Int(prompts[candidate])]
  }

  package func copy(from start: Int, into block: inout MutableSpan<Double>) {
    calibrated.copy(from: start, into: &block)
    guard uncalibratedCount > 0 else { return }
    for index in block.indices where isLeft(start + index) {
      block[index] = rewards[start + index]
    }
  }

  /// The scores in the order of the prompts.
  package func ordered(in groups: CandidateGroups) -> any NumberSource & Sendable {
    Ordered(scores: self, order: groups.order)
  }

  private struct Ordered: NumberSource, Sendable {
    let scores: FinalScores
    let order: CandidateGroups.Order

    var count: Int { order.count }

    subscript(place: Int) -> Double { scores[Int(order[place])] }

    func copy(from start: Int, into block: inout MutableSpan<Double>) {
      guard !order.isPlain else { return scores.copy(from: start, into: &block) }
      for index in block.indices { block[index] = scores[Int(order[start + index])] }
    }
  }
}
