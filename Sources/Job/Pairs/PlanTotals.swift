internal import Columns
internal import Records

/// What is summed up over the pairs and the prompts of a plan, in their order, so that the last bits
/// are the same for any number of threads.
struct PlanTotals: Sendable {
  /// What a plan would be by the rewards, or is by the scores.
  struct Side: Sendable {
    let plans: [PairPlan]
    /// For each prompt that of the lengths of its candidates, in parts; NaN where there is none.
    let correlations: [[Double]]
  }

  private(set) var pairs = PairStatistics()
  private(set) var correlation = MeanCorrelation()
  /// Of pairs and correlations, of each group of prompts.
  private(set) var groups = [FigureSums].none

  /// - Parameter groupOfPrompt: For each prompt its group; nil where it is not asked for.
  init(_ side: Side, lengths: LevelColumn, groups groupOfPrompt: [UInt8]?) {
    for plan in side.plans {
      let (chosen, rejected) = (lengths[Int(plan.chosen)], lengths[Int(plan.rejected)])
      pairs.add(chosen: chosen, rejected: rejected)
      if let groupOfPrompt {
        groups[Int(groupOfPrompt[Int(plan.prompt)])].add(gap: chosen - rejected)
      }
    }
    var prompt = 0
    for correlation in side.correlations.joined() {
      self.correlation.add(correlation)
      if let groupOfPrompt, !correlation.isNaN {
        groups[Int(groupOfPrompt[prompt])].add(correlation: correlation)
      }
      prompt += 1
    }
  }
}
