internal import Columns
internal import PairBuilder
package import Records
package import Scan
package import Settings
internal import Work

/// The calibrated scores of a scanned input, and how they came about.
package struct CandidateScores {
  package let configuration: Configuration
  /// The candidates, with what the configuration puts in place of their rewards.
  package let scan: InputScan.Result
  package let fit: FitStage.Result
  /// Where the curves were read from; nil where they were fitted.
  package let curveSource: CurveSource?
  /// The curves as they are saved.
  package let curve: [UInt8]
  package let scores: FinalScores
  /// For each candidate its place among the usable ones of its prompt, the best first, from 1; 0 where
  /// it is dropped.
  package let ranks: [UInt32]

  init(
    _ configuration: Configuration, _ scan: InputScan.Result, _ fit: FitStage.Result,
    _ curveSource: CurveSource?, curve: [UInt8]
  ) throws {
    self.configuration = configuration
    self.scan = scan
    self.fit = fit
    self.curveSource = curveSource
    self.curve = curve
    scores = FinalScores(scan, curves: fit.curves)
    ranks = try Self.ranks(configuration, scan, fit, scores)
  }

  /// What was read, and what became of candidates; prompts are dropped for what is wrong with them
  /// alone.
  package var ledger: Ledger {
    let table = scan.table
    var ledger = table.ledger
    ledger.promptsUncalibrated = scores.uncalibratedCount
    for prompt in 0..<table.promptCount {
      if let reason = table.drop(ofPrompt: prompt) { ledger.drop(reason) }
    }
    return ledger
  }

  /// Ranks as pairs are chosen by them, ties too.
  private static func ranks(
    _ configuration: Configuration, _ scan: InputScan.Result, _ fit: FitStage.Result,
    _ scores: FinalScores
  ) throws -> [UInt32] {
    let selection = PromptSelection(configuration, scan, biasShares: fit.biasShares)
    let promptCount = scan.table.promptCount
    let blocks = Concurrent.map(
      Array(stride(from: 0, to: promptCount, by: RankedCandidateBlock.size)),
      threads: configuration.threadCount
    ) { start -> [(candidate: UInt32, rank: UInt32)] in
      let block = selection.candidates(
        of: start..<min(start + RankedCandidateBlock.size, promptCount))
      let scored = block.scored(scores)
      return block.prompts.indices.flatMap { place in
        scored[block.members(of: place)].sorted { $0.ranksBefore($1) }.enumerated().map {
          (candidate: UInt32($1.candidate), rank: UInt32($0 + 1))
        }
      }
    }
    try Interruption.checkpoint()
    var ranks = [UInt32](repeating: 0, count: scan.table.candidateCount)
    for (candidate, rank) in blocks.joined() { ranks[Int(candidate)] = rank }
    return ranks
  }
}
