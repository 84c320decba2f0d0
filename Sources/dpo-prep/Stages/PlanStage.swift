internal import Emit
internal import Ingest
internal import PairBuilder
internal import Records
internal import Settings

/// Decides every pair, by number, and counts what becomes of every prompt.
struct PlanStage {
  /// The decided pairs and what is known of them.
  struct Result {
    var plans: [PairPlan] = []
    /// The pairs of each split.
    var pairs: [DatasetSplit: Int] = [:]
    var ledger: Ledger
    var effect = CalibrationEffect()
    /// Of the pairs that the raw rewards would have given, and of those decided.
    var before = PairStatistics()
    var after = PairStatistics()
  }

  let configuration: Configuration

  func run(_ scan: InputScan.Result, scores: FinalScores) -> Result {
    let selector = PairSelector(configuration)
    let table = scan.table
    var result = Result(ledger: table.ledger)
    result.ledger.promptsUncalibrated = scores.uncalibratedCount
    for prompt in 0..<table.promptCount {
      guard !table.hasConflict(prompt: prompt) else {
        result.ledger.drop(.duplicateID)
        continue
      }
      let kept = scan.groups[prompt].lazy.map { Int($0) }.filter { !table.rewards[$0].isNaN }
      let random = table.draws[prompt]
      func outcome(_ score: (Int) -> Double) -> PairSelector.Outcome {
        selector.outcome(
          among: kept.map {
            Contender(candidate: $0, score: score($0), length: table.lengths[0][$0])
          }, random: random)
      }
      let before = outcome { table.rewards[$0] }
      let after = outcome { scores[$0] }
      result.effect.count(before: before, after: after)
      result.before.add(before, in: table)
      result.after.add(after, in: table)
      switch after {
      case .dropped(let reason): result.ledger.drop(reason)
      case .pairs(let choices):
        result.ledger.promptsPaired += 1
        result.ledger.pairs += choices.count
        let split: DatasetSplit = table.isTest(prompt: prompt) ? .test : .train
        result.pairs[split, default: 0] += choices.count
        for choice in choices {
          result.plans.append(
            PairPlan(
              prompt: UInt32(prompt), chosen: UInt32(choice.chosen),
              rejected: UInt32(choice.rejected)))
        }
      }
    }
    return result
  }
}

extension PairSelector {
  /// The selector that a configuration describes.
  init(_ configuration: Configuration) {
    let pairs = configuration.pairs
    let strategy: Strategy =
      switch pairs.strategy {
      case .maxMin: .maxMin
      case .maxRandom: .maxRandom
      case .maxSecond: .maxSecond
      case .muSigma: .muSigma(sigma: pairs.sigma)
      case .quantile: .quantile(upper: pairs.upperQuantile, lower: pairs.lowerQuantile)
      case .all: .all(limit: pairs.perPrompt)
      case .topBottom: .topBottom(count: pairs.perPrompt ?? 1)
      case .lengthMatched: .lengthMatched(ratio: pairs.lengthRatio, count: pairs.perPrompt ?? 1)
      }
    self.init(
      strategy: strategy, minCandidates: configuration.filters.minCandidates,
      minMargin: pairs.minMargin, maxMargin: pairs.maxMargin)
  }
}
