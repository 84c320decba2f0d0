package import Calibrate
package import Columns
internal import Ingest
package import Scan

/// Every candidate's score: the reward less its bias; NaN outside the population.
///
/// In prompts where the bias of some candidate is not known, or takes its score beyond the largest
/// number, it is the reward alone.
package struct FinalScores: NumberSource {
  private let table: CandidateTable
  private let calibrator: Calibrator
  /// Prompts that are left as they are.
  private let uncalibrated: BitColumn
  package let uncalibratedCount: Int

  package init(_ scan: InputScan.Result, curves: [BiasCurve]) {
    let table = scan.table
    let calibrator = Calibrator(curves: curves, levels: table.lengths.map(\.levels))
    var uncalibrated = BitColumn(count: table.promptCount)
    var count = 0
    for prompt in 0..<table.promptCount {
      let lacksBias = scan.groups[prompt].lazy.map { Int($0) }.contains {
        !table.rewards[$0].isNaN && !Self.score($0, table, calibrator).isFinite
      }
      if lacksBias {
        uncalibrated.insert(prompt)
        count += 1
      }
    }
    self.table = table
    self.calibrator = calibrator
    self.uncalibrated = uncalibrated
    uncalibratedCount = count
  }

  package var count: Int { table.candidateCount }

  /// Whether the scores of a prompt's candidates are its rewards less their biases.
  package func isCalibrated(prompt: Int) -> Bool { !uncalibrated[prompt] }

  package subscript(candidate: Int) -> Double {
    uncalibrated[Int(table.prompts[candidate])]
      ? table.rewards[candidate] : Self.score(candidate, table, calibrator)
  }

  private static func score(
    _ candidate: Int, _ table: CandidateTable, _ calibrator: Calibrator
  ) -> Double {
    calibrator.score(table.rewards[candidate]) { table.lengths[$0].codes[candidate] }
  }

  /// The scores in the order of the prompts.
  package func ordered(in groups: CandidateGroups) -> any NumberSource {
    Ordered(scores: self, order: groups.order)
  }

  private struct Ordered: NumberSource {
    let scores: FinalScores
    let order: CandidateGroups.Order

    var count: Int { order.count }

    subscript(place: Int) -> Double { scores[Int(order[place])] }

    func copy(from start: Int, into block: inout MutableSpan<Double>) {
      for index in block.indices { block[index] = scores[Int(order[start + index])] }
    }
  }
}
