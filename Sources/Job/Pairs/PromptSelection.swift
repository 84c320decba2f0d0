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
  private(set) var selector: PairSelector
  /// Which prompts may give pairs; nil where all may.
  var caps: PairCaps?
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

  /// By the rules that do not depend on all pairs.
  ///
  /// - Parameters:
  ///   - biasShares: How much of the bias of the combined reward those of each of several reward
  ///     models have.
  ///   - precision: How far a difference of the scores may be off.
  init(
    _ configuration: Configuration, _ scan: InputScan.Result, biasShares: [Double],
    precision: Double = 0
  ) {
    var rules = PairRules(configuration, scan.table)
    rules.precision = precision
    selector = PairSelector(
      strategy: Strategy(configuration.pairs),
      minCandidates: configuration.filters.minCandidates, rules: rules)
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
  var asksForAgreement: Bool { selector.rules.needsAgreement }

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

  /// The same with bounds of margins.
  func bounded(_ bounds: MarginBounds) -> PromptSelection {
    var bounded = self
    bounded.selector.rules.minMargin = bounds.minimum
    bounded.selector.rules.maxMargin = bounds.maximum
    return bounded
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
  /// - Parameter ignoresAgreement: whether it does not matter if reward models disagree.
  func outcome(
    of prompt: Int, among candidates: Span<RankedCandidate>, ignoresAgreement: Bool = false
  ) throws -> PairSelector.Outcome {
    try Interruption.checkpoint()
    let verdicts = !asksForAgreement || ignoresAgreement ? nil : verdicts(on: candidates)
    let outcome = try selector.outcome(
      among: candidates, random: draws[prompt],
      isSupported: { chosen, rejected in
        verdicts.map { supports(.init(chosen: chosen, rejected: rejected), $0) } ?? true
      },
      checkpoint: { try Interruption.checkpoint() })
    if case .pairs = outcome, let reason = caps?.drop(ofPrompt: prompt) {
      return .dropped(reason)
    }
    return outcome
  }
}

extension Strategy {
  /// The strategy that a configuration names.
  init(_ pairs: Configuration.Pairs) {
    self =
      switch pairs.strategy {
      case .maxMin: .maxMin
      case .maxRandom: .maxRandom
      case .maxSecond: .maxSecond
      case .muSigma: .muSigma(sigma: pairs.sigma)
      case .quantile: .quantile(upper: pairs.upperQuantile, lower: pairs.lowerQuantile)
      case .all: .all(limit: pairs.perPrompt)
      case .topBottom: .topBottom(count: pairs.perPrompt ?? 1)
      case .lengthMatched: .lengthMatched(ratio: pairs.lengthRatio, count: pairs.perPrompt ?? 1)
      case .neighbors: .neighbors(limit: pairs.perPrompt)
      case .modelPairs: .modelPairs(limit: pairs.perPrompt)
      }
  }
}

extension PairRules {
  /// The rules of a configuration but those of margins.
  fileprivate init(_ configuration: Configuration, _ table: CandidateTable) {
    self.init()
    let pairs = configuration.pairs
    let measures = configuration.measures
    for margin in pairs.fieldMargins {
      guard let number = measures.firstIndex(of: .field(margin.field)) else { continue }
      let values = table.measures[number]
      fieldMargins.append(({ values[$0] }, margin.min))
    }
    dropsTies = pairs.ties == .drop
    needsAgreement = configuration.pairs.agreement != nil && !table.rewardModels.isEmpty
    chosenMinScore = pairs.chosen.minScore
    rejectedMaxScore = pairs.rejected.maxScore
    if pairs.boundedScores == .raw {
      let rewards = table.rawRewards
      boundedScore = { rewards[$0] }
    }
    guard pairs.usesModels else { return }
    let models = table.models
    model = { candidate in
      let code = models.code(of: candidate)
      return code == NameColumn.none ? nil : code
    }
    mayBeChosen = Self.isNamed(pairs.chosen.models, models)
    mayBeRejected = Self.isNamed(pairs.rejected.models, models)
  }

  /// Whether a candidate's model is one of some; nil where any will do.
  private static func isNamed(_ wanted: [String], _ models: NameColumn) -> Fact<Bool>? {
    guard !wanted.isEmpty else { return nil }
    let names = Set(wanted.map { Array($0.utf8) })
    let isWanted = models.names.map(names.contains)
    return { candidate in
      let code = models.code(of: candidate)
      return code != NameColumn.none && isWanted[Int(code)]
    }
  }
}
