internal import Calibrate
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
  /// How several reward models are combined, and the rewards of each; nil where there is one reward.
  private let models: Models?
  /// The least share of the models that have to prefer the chosen answer; nil for none.
  private let agreement: Double?

  private struct Models {
    let combination: RewardCombination
    let rewards: [Columns.Column<Double>]
    let biasShares: [Double]
  }

  /// - Parameter biasShares: How much of the bias of the combined reward those of each of several
  ///   reward models have.
  init(_ configuration: Configuration, _ scan: InputScan.Result, biasShares: [Double]) {
    selector = PairSelector(configuration)
    groups = scan.groups
    rewards = scan.table.rewards
    lengths = scan.table.primary
    draws = scan.table.draws
    tieDraws = configuration.pairs.ties == .random ? scan.table.tieDraws : nil
    let table = scan.table
    models =
      table.rewardModels.isEmpty
      ? nil
      : Models(
        combination: configuration.calibration.combination(
          of: table.rewardModels, table.modelDeviations),
        rewards: table.modelRewards, biasShares: biasShares)
    agreement = configuration.pairs.agreement
  }

  /// Whether pairs are left out on which reward models disagree.
  var asksForAgreement: Bool { models != nil && agreement != nil }

  /// For each of several reward models its rewards for candidates; nil where there is one reward.
  func modelRewards(of candidates: Span<RankedCandidate>) -> [[Double]]? {
    models?.rewards.map { column in
      candidates.indices.map { column[candidates[$0].candidate] }
    }
  }

  /// What each of several reward models says of a prompt's candidates; nil where there is one reward.
  ///
  /// - Parameter candidates: with their scores.
  func verdicts(on candidates: Span<RankedCandidate>) -> PromptVerdicts? {
    guard let models, let own = modelRewards(of: candidates) else { return nil }
    return PromptVerdicts(
      candidates: candidates.indices.map { candidates[$0].candidate },
      statements: models.combination.statements(of: own),
      biases: candidates.indices.map { rewards[candidates[$0].candidate] - candidates[$0].score },
      shares: models.biasShares)
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

  /// Whether as many reward models prefer the chosen answer as are asked for.
  func supports(_ choice: PairSelector.Choice, _ verdicts: PromptVerdicts) -> Bool {
    verdicts.support(choice.chosen, choice.rejected) >= agreement ?? 0
  }

  /// The pairs of a prompt.
  ///
  /// - Parameters:
  ///   - precision: how far a difference of the scores may be off.
  ///   - ignoresAgreement: whether it does not matter if reward models disagree.
  func outcome(
    of prompt: Int, among candidates: Span<RankedCandidate>, precision: Double = 0,
    ignoresAgreement: Bool = false
  ) throws -> PairSelector.Outcome {
    try Interruption.checkpoint()
    var selector = selector
    selector.precision = precision
    let verdicts = agreement == nil || ignoresAgreement ? nil : verdicts(on: candidates)
    return try selector.outcome(
      among: candidates, random: draws[prompt],
      isSupported: { chosen, rejected in
        verdicts.map { supports(.init(chosen: chosen, rejected: rejected), $0) } ?? true
      },
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
