internal import Job
internal import Records
internal import Settings

/// The pairs of the first variant of a sweep.
struct SweepReference {
  private let pairs: [PairPlan]
  private let input: Configuration.Input
  private let counts: [Int]

  init(_ plan: DatasetPlan) {
    pairs = plan.result.plan.plans
    input = plan.result.configuration.input
    counts = Self.counts(plan)
  }

  /// How many of its pairs another variant has too; nil where candidates are not numbered alike.
  func samePairs(as plan: DatasetPlan) -> (count: Int, share: Double)? {
    guard plan.result.configuration.input == input, Self.counts(plan) == counts else { return nil }
    let count = SharedPairs.count(pairs, plan.result.plan.plans)
    return (count, Double(count) / Double(max(1, pairs.count)))
  }

  /// What would differ if one variant had read a row that another has not.
  private static func counts(_ plan: DatasetPlan) -> [Int] {
    let ledger = plan.result.ledger
    return [ledger.rowsRead, ledger.rowsRejected, ledger.candidatesRead, ledger.promptsRead]
  }
}
