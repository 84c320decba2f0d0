internal import Columns
internal import Ingest
internal import PairBuilder
internal import Records
internal import Scan
internal import Settings
internal import Work

/// What becomes of each prompt under some scores.
struct PromptSelection: Sendable {
  private let selector: PairSelector
  // Columns alone: a copy of the table for every prompt would count references to all of them, which
  // threads would wait for each other over.
  private let groups: CandidateGroups
  private let rewards: Columns.Column<Double>
  private let lengths: LevelColumn
  private let draws: Columns.Column<UInt64>
  /// Nil where ties go to the shorter.
  private let tieDraws: Columns.Column<UInt32>?

  init(_ configuration: Configuration, _ scan: InputScan.Result) {
    selector = PairSelector(configuration)
    groups = scan.groups
    rewards = scan.table.rewards
    lengths = scan.table.primary
    draws = scan.table.draws
    tieDraws = configuration.pairs.ties == .random ? scan.table.tieDraws : nil
  }

  /// The usable candidates of prompts with their rewards.
  func candidates(of prompts: some Sequence<Int>) -> RankedCandidateBlock {
    var block = RankedCandidateBlock()
    for prompt in prompts {
      for candidate in groups[prompt].lazy.map({ Int($0) }) {
        let reward = rewards[candidate]
        guard !reward.isNaN else { continue }
        block.append(
          RankedCandidate(
            candidate: candidate, score: reward, length: lengths[candidate],
            tieBreak: (tieDraws?[candidate]).map(Double.init)))
      }
      block.finish(prompt)
    }
    return block
  }

  /// What left a prompt with too few candidates.
  func shortage(of prompt: Int) -> Shortage {
    let candidates = groups[prompt]
    return Shortage(
      dropped: candidates.lazy.compactMap { CandidateDrop(ofReward: rewards[Int($0)]) },
      of: candidates.count, needed: selector.neededCount)
  }

  /// The pairs of a prompt.
  ///
  /// - Parameter precision: how far a difference of the scores may be off.
  func outcome(
    of prompt: Int, among candidates: Span<RankedCandidate>, precision: Double = 0
  ) throws -> PairSelector.Outcome {
    try Interruption.checkpoint()
    var selector = selector
    selector.precision = precision
    return try selector.outcome(
      among: candidates, random: draws[prompt],
      checkpoint: { try Interruption.checkpoint() })
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
      minMargin: pairs.minMargin, maxMargin: pairs.maxMargin, dropsTies: pairs.ties == .drop)
  }
}
