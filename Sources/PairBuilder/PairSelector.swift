package import Records

/// Decides which candidates of a prompt become pairs.
package struct PairSelector: Sendable {
  /// Candidates of a prompt, by number.
  package struct Choice: Equatable, Sendable {
    package var chosen: Int
    package var rejected: Int

    package init(chosen: Int, rejected: Int) {
      self.chosen = chosen
      self.rejected = rejected
    }
  }

  /// What comes of a prompt.
  package enum Outcome: Equatable, Sendable {
    /// At least one pair.
    case pairs([Choice])
    /// No pair, and why.
    case dropped(PromptDrop)
  }

  package let strategy: Strategy
  package let minCandidates: Int
  package var rules: PairRules { didSet { rulesInForce = PairRule.ofPairs(rules) } }
  /// Those of a pair, in their order.
  private var rulesInForce: [PairRule.OfPair]

  package init(strategy: Strategy, minCandidates: Int = 2, rules: PairRules = PairRules()) {
    self.strategy = strategy
    self.minCandidates = minCandidates
    self.rules = rules
    rulesInForce = PairRule.ofPairs(rules)
  }

  /// With fewer usable candidates a prompt gives no pair.
  package var neededCount: Int { max(2, minCandidates) }

  /// Picks pairs among a prompt's usable candidates.
  ///
  /// - Parameters:
  ///   - candidates: the candidates, in any order.
  ///   - random: a uniform random number drawn for the prompt.
  ///   - isSupported: whether a pair may be, by the numbers of the chosen and the rejected answer.
  ///   - checkpoint: is called now and then, and ends the work by throwing.
  /// - Complexity: O(n log n), or up to O(n² log n) for strategies that look at every pair, in
  ///   memory of O(n) and the pairs that come out.
  package func outcome(
    among candidates: Span<RankedCandidate>, random: UInt64,
    isSupported: (_ chosen: Int, _ rejected: Int) -> Bool = { _, _ in true },
    checkpoint: () throws -> Void
  ) rethrows -> Outcome {
    guard candidates.count >= neededCount else { return .dropped(.tooFewCandidates) }
    if strategy == .maxMin, !rules.dropsTies, !hasRoles {
      return try outcome(
        of: CollectionOfOne(Self.ends(of: candidates)), tied: [], isSupported, checkpoint)
    }
    let ranked = candidates.indices.map { candidates[$0] }.sorted { $0.ranksBefore($1) }
    var tied: Set<Double> = []
    if rules.dropsTies {
      for (first, second) in zip(ranked, ranked.dropFirst()) where first.score == second.score {
        tied.insert(first.score)
      }
    }
    let chosen = rules.mayBeChosen.map { test in ranked.filter { test($0.candidate) } } ?? ranked
    let rejected =
      rules.mayBeRejected.map { test in ranked.filter { test($0.candidate) } } ?? ranked
    guard let best = chosen.first, let worst = rejected.last else {
      return .dropped(.noPairOfModels)
    }
    switch strategy {
    case .all, .lengthMatched, .modelPairs:
      return try outcome(of: RankedPairs(ranked), tied: tied, isSupported, checkpoint)
    case .neighbors:
      return try outcome(
        of: zip(ranked, ranked.dropFirst()), tied: tied, isSupported, checkpoint)
    default:
      let proposals = proposals(ranked, chosen: chosen, rejected: rejected, random: random)
      return try outcome(
        of: proposals.isEmpty ? [(best, worst)] : proposals, tied: tied, isSupported, checkpoint)
    }
  }

  /// Whether not all candidates may be chosen, or rejected.
  private var hasRoles: Bool { rules.mayBeChosen != nil || rules.mayBeRejected != nil }

  /// The candidates that rank first and last, without ranking all.
  private static func ends(of candidates: Span<RankedCandidate>) -> (
    RankedCandidate, RankedCandidate
  ) {
    var (first, last) = (candidates[0], candidates[0])
    for place in 1..<candidates.count {
      let entry = candidates[place]
      if entry.ranksBefore(first) { first = entry }
      if last.ranksBefore(entry) { last = entry }
    }
    return (first, last)
  }

  /// Picks pairs among a prompt's usable candidates, without a way to end the work.
  package func outcome(among candidates: [RankedCandidate], random: UInt64) -> Outcome {
    outcome(among: candidates.span, random: random, checkpoint: {})
  }

  /// What comes of the pairs that the strategy would like, the best first.
  private func outcome(
    of proposals: some Sequence<(RankedCandidate, RankedCandidate)>, tied: Set<Double>,
    _ isSupported: (Int, Int) -> Bool, _ checkpoint: () throws -> Void
  ) rethrows -> Outcome {
    var choices: [Choice] = []
    // The first proposal is the one that the strategy likes best, so its fault is the reason.
    var reason: PromptDrop?
    var isFirst = true
    var seen = 0
    var pairedModels: Set<ModelPair> = []
    for (high, low) in proposals {
      seen &+= 1
      if seen % Self.checkpointInterval == 0 { try checkpoint() }
      guard isAllowed(high, low) else { continue }
      var models: ModelPair?
      if case .modelPairs = strategy {
        models = ModelPair(rules.model(high.candidate), rules.model(low.candidate))
        guard let models, !pairedModels.contains(models) else { continue }
      }
      let pair = ProposedPair(
        chosen: high, rejected: low,
        hasTie: !tied.isEmpty && (tied.contains(high.score) || tied.contains(low.score)),
        isSupported: !rules.needsAgreement || isSupported(high.candidate, low.candidate))
      let fault = rulesInForce.first { $0.isBroken(pair, rules) }?.reason
      if isFirst { reason = fault }
      isFirst = false
      guard fault == nil else { continue }
      if let models { pairedModels.insert(models) }
      choices.append(Choice(chosen: high.candidate, rejected: low.candidate))
      if choices.count == limit { break }
    }
    if isFirst { return .dropped(reasonWithoutProposal) }
    if choices.isEmpty, let reason { return .dropped(reason) }
    return .pairs(choices)
  }

  /// Two models that differ, in either order.
  private struct ModelPair: Hashable {
    let lower: UInt32
    let upper: UInt32

    /// Nil where one is not known, or both are the same.
    init?(_ first: UInt32?, _ second: UInt32?) {
      guard let first, let second, first != second else { return nil }
      (lower, upper) = (min(first, second), max(first, second))
    }
  }

  /// Why a prompt gives no pair where the strategy proposes none.
  private var reasonWithoutProposal: PromptDrop {
    switch strategy {
    case .lengthMatched: .noMatchedLength
    case .neighbors, .modelPairs: .noPairOfModels
    // What may be rejected ranks above all that may be chosen.
    default: .noMargin
    }
  }

  /// So many pairs are looked at in some milliseconds.
  private static let checkpointInterval = 1 << 16

  /// How many pairs a prompt may give.
  private var limit: Int? {
    switch strategy {
    case .all(let limit), .neighbors(let limit), .modelPairs(let limit): limit
    case .topBottom(let count), .lengthMatched(_, let count): count
    default: 1
    }
  }

  /// Whether the strategy takes a pair at all.
  private func isAllowed(_ high: RankedCandidate, _ low: RankedCandidate) -> Bool {
    guard rules.mayBeChosen?(high.candidate) ?? true, rules.mayBeRejected?(low.candidate) ?? true
    else { return false }
    guard case .lengthMatched(let ratio, _) = strategy else { return true }
    let (short, long) = (min(high.length, low.length), max(high.length, low.length))
    // Divided, as 1.15 * 100 rounds below 115.
    return short == long || short > 0 && long / short <= ratio
  }
}

extension PairSelector {
  /// The pairs that a strategy names which does not look at every pair, the best first; none where
  /// nothing that may be rejected ranks below what may be chosen.
  ///
  /// - Parameters:
  ///   - ranked: The candidates, the best first.
  ///   - chosen: Those of them that may be chosen.
  ///   - rejected: Those that may be rejected.
  private func proposals(
    _ ranked: [RankedCandidate], chosen: [RankedCandidate], rejected: [RankedCandidate],
    random: UInt64
  ) -> [(RankedCandidate, RankedCandidate)] {
    let best = chosen[0]
    let below = rejected[(rejected.firstIndex { best.ranksBefore($0) } ?? rejected.endIndex)...]
    switch strategy {
    case .maxMin:
      return [(best, rejected[rejected.count - 1])]
    case .maxSecond:
      return below.prefix(1).map { (best, $0) }
    case .maxRandom:
      guard !below.isEmpty else { return [] }
      return [(best, below[below.startIndex + Int(random % UInt64(below.count))])]
    case .muSigma(let sigma):
      return below.isEmpty ? [] : [(best, nearest(below, among: ranked, deviations: sigma))]
    case .quantile(let upper, let lower):
      return [(chosen[place(upper, of: chosen)], rejected[place(lower, of: rejected)])]
    case .topBottom(let count):
      return zip(chosen.prefix(count), rejected.reversed()).prefix { $0.ranksBefore($1) }
    case .all, .lengthMatched, .neighbors, .modelPairs:
      return []
    }
  }

  /// Of some candidates the one whose score is nearest to mean − `deviations`·(population standard
  /// deviation) of the ranked ones; of two as near the lower-ranked.
  private func nearest(
    _ some: ArraySlice<RankedCandidate>, among ranked: [RankedCandidate], deviations: Double
  ) -> RankedCandidate {
    let count = Double(ranked.count)
    let mean = ranked.reduce(0) { $0 + $1.score } / count
    let variance = ranked.reduce(0) { $0 + ($1.score - mean) * ($1.score - mean) } / count
    let target = mean - deviations * variance.squareRoot()
    var best = some[some.startIndex]
    for entry in some where abs(entry.score - target) <= abs(best.score - target) {
      best = entry
    }
    return best
  }

  /// The place, best first, of a quantile of the scores by nearest rank.
  private func place(_ quantile: Double, of ranked: [RankedCandidate]) -> Int {
    let count = ranked.count
    let ascending = Int(clamped: (quantile * Double(count)).rounded(.up)) - 1
    return count - 1 - min(max(ascending, 0), count - 1)
  }
}
