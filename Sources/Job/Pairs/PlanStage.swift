internal import Columns
internal import Emit
internal import Ingest
package import PairBuilder
package import Records
package import Scan
package import Settings

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
    package var effect = CalibrationEffect()
    /// Of the pairs that the raw rewards would have given, and of those decided.
    package var before = PairStatistics()
    package var after = PairStatistics()
    /// How many prompts have their best or worst score twice, by the rewards and by the scores.
    package var tiesBefore = TiedEnds()
    package var tiesAfter = TiedEnds()
    /// The figures of each group of prompts; nil where no intervals are wanted.
    var groups: FigureIntervals.Groups?
  }

  package let configuration: Configuration

  /// - Parameter precision: how far a difference of scores may be off.
  package func run(_ scan: InputScan.Result, scores: FinalScores, precision: Double) throws
    -> Result
  {
    let selection = PromptSelection(configuration, scan)
    let table = scan.table
    var result = Result(ledger: table.ledger)
    result.ledger.promptsUncalibrated = scores.uncalibratedCount
    let groupOfPrompt = configuration.calibration.intervals ? table.jackknifeGroups : nil
    if groupOfPrompt != nil { result.groups = FigureIntervals.Groups() }
    for prompt in 0..<table.promptCount {
      let rewarded = selection.contenders(of: prompt)
      if let reason = table.drop(ofPrompt: prompt) {
        result.drop(reason, candidates: rewarded.count)
        continue
      }
      let scored = rewarded.scored { scores[$0.candidate] }
      let before = try selection.outcome(of: prompt, among: rewarded)
      let after = try selection.outcome(of: prompt, among: scored, precision: precision)
      result.tiesBefore.add(rewarded)
      result.tiesAfter.add(scored)
      if let group = groupOfPrompt?[prompt], rewarded.count > 1 {
        result.groups?.sizes[Int(group)] += 1
        result.groups?.before[Int(group)].add(before, former: before, of: rewarded)
        result.groups?.after[Int(group)].add(after, former: before, of: scored)
      }
      result.effect.count(before: before, after: after)
      result.formerPlans += before.plans(prompt: prompt)
      switch after {
      case .dropped(let reason): result.drop(reason, candidates: rewarded.count)
      case .pairs(let choices):
        result.ledger.promptsPaired += 1
        result.ledger.pairs += choices.count
        let split: DatasetSplit = table.isTest(prompt: prompt) ? .test : .train
        result.pairs[split, default: 0] += choices.count
        result.plans += after.plans(prompt: prompt)
      }
    }
    for plan in result.formerPlans { result.before.add(plan, in: table) }
    for plan in result.plans { result.after.add(plan, in: table) }
    return result
  }
}

extension PlanStage.Result {
  /// Counts a prompt that gives no pair.
  fileprivate mutating func drop(_ reason: PromptDrop, candidates: Int) {
    ledger.drop(reason)
    candidatesWithoutPair[reason, default: 0] += candidates
  }
}

extension PairSelector.Outcome {
  /// The pairs of a prompt by number; none if it was dropped.
  fileprivate func plans(prompt: Int) -> [PairPlan] {
    guard case .pairs(let choices) = self else { return [] }
    return choices.map {
      PairPlan(
        prompt: UInt32(prompt), chosen: UInt32($0.chosen), rejected: UInt32($0.rejected))
    }
  }
}
