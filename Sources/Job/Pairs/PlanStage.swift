package import Calibrate
internal import Columns
internal import Emit
internal import Ingest
package import PairBuilder
package import Records
package import Scan
package import Settings
internal import Work

/// Decides every pair, by number, and counts what becomes of every prompt.
package struct PlanStage {
  /// The decided pairs and what is known of them.
  package struct Result {
    package var plans: [PairPlan] = []
    /// The pairs that the raw rewards would have given.
    package var formerPlans: [PairPlan] = []
    /// Usable candidates whose prompt gives no pair, by the reason.
    package var candidatesWithoutPair: [PromptDrop: Int] = [:]
    /// The pairs of each split.
    var pairs: [DatasetSplit: Int] = [:]
    var ledger: Ledger
    /// What the bounds of margins come to.
    package var margins: MarginBounds
    package var effect = CalibrationEffect()
    /// Of the pairs that the raw rewards would have given, and of those decided.
    package var before = PairStatistics()
    package var after = PairStatistics()
    /// How many prompts have their best or worst score twice, by the rewards and by the scores.
    package var tiesBefore = TiedEnds()
    package var tiesAfter = TiedEnds()
    /// Of the lengths of each prompt's candidates with their rewards, and with their scores.
    var correlationBefore = MeanCorrelation()
    var correlationAfter = MeanCorrelation()
    /// How far several reward models agree; nil where there is one reward.
    package var agreement: ModelAgreement?
    /// Pairs that were left out since reward models disagree on them.
    package var unsupportedPairs = 0
    /// The figures of each group of prompts; nil where no intervals are wanted.
    var groups: FigureIntervals.Groups?
  }

  package let configuration: Configuration

  package func run(
    _ scan: InputScan.Result, scores: FinalScores, _ selections: PromptSelections
  ) throws -> Result {
    let table = scan.table
    let groups = configuration.calibration.intervals ? table.jackknifeGroups : nil
    let starts = Array(stride(from: 0, to: table.promptCount, by: RankedCandidateBlock.size))
    let parts = try Concurrent.map(starts, threads: configuration.threadCount) { start in
      Swift.Result<PlannedPrompts, any Error> {
        try PlannedPrompts(
          start..<min(start + RankedCandidateBlock.size, table.promptCount), of: table,
          selections, scores: scores, groups: groups)
      }
    }.map { try $0.get() }

    var result = Result(ledger: table.ledger, margins: selections.margins)
    result.ledger.promptsUncalibrated = scores.uncalibratedCount
    if !table.rewardModels.isEmpty {
      result.agreement = ModelAgreement(modelCount: table.rewardModels.count)
    }
    for part in parts { result.add(part) }
    let totals = Concurrent.map(
      [
        PlanTotals.Side(plans: result.formerPlans, correlations: parts.map(\.correlationsBefore)),
        PlanTotals.Side(plans: result.plans, correlations: parts.map(\.correlationsAfter)),
      ], threads: configuration.threadCount
    ) { PlanTotals($0, lengths: table.primary, groups: groups) }
    (result.before, result.after) = (totals[0].pairs, totals[1].pairs)
    (result.correlationBefore, result.correlationAfter) = (
      totals[0].correlation, totals[1].correlation
    )
    if groups != nil {
      result.groups = FigureIntervals.Groups(
        before: totals[0].groups, after: totals[1].groups,
        prompts: parts.reduce(into: FigureIntervals.Groups.noPrompts) { total, part in
          for group in total.indices { total[group].add(part.groups[group]) }
        })
    }
    return result
  }
}

extension PlanStage.Result {
  /// Adds the prompts that come next.
  fileprivate mutating func add(_ part: PlannedPrompts) {
    plans += part.plans
    formerPlans += part.formerPlans
    for (reason, dropped) in part.dropped {
      ledger.drop(reason, count: dropped.prompts)
      candidatesWithoutPair[reason, default: 0] += dropped.candidates
    }
    for (shortage, count) in part.shortages { ledger.count(shortage, count) }
    for (split, count) in part.pairs {
      pairs[split, default: 0] += count
      ledger.pairs += count
    }
    ledger.promptsPaired += part.pairedCount
    effect.merge(part.effect)
    if let other = part.agreement { agreement?.merge(other) }
    unsupportedPairs += part.unsupportedPairs
    tiesBefore.merge(part.tiesBefore)
    tiesAfter.merge(part.tiesAfter)
  }
}
