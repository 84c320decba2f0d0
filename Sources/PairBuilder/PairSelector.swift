package import Records

/// Decides which candidates of a prompt become pairs.
package struct PairSelector: Equatable, Sendable {
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

  package var strategy: Strategy
  package var minCandidates: Int
  package var minMargin: Double
  package var maxMargin: Double?
  /// Whether pairs are left out whose chosen or rejected answer has the score of another answer, so
  /// that only a rule for ties would say which of them it is.
  package var dropsTies: Bool
  /// How far a difference of scores may be off by how they were computed; a smaller margin says
  /// nothing.
  package var precision = 0.0

  package init(
    strategy: Strategy, minCandidates: Int = 2, minMargin: Double = 0, maxMargin: Double? = nil,
    dropsTies: Bool = false
  ) {
    self.dropsTies = dropsTies
    self.strategy = strategy
    self.minCandidates = minCandidates
    self.minMargin = minMargin
    self.maxMargin = maxMargin
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
    if strategy == .maxMin, !dropsTies {
      return try outcome(
        of: CollectionOfOne(Self.ends(of: candidates)), tied: [], isSupported, checkpoint)
    }
    let ranked = candidates.indices.map { candidates[$0] }.sorted { $0.ranksBefore($1) }
    var tied: Set<Double> = []
    if dropsTies {
      for (first, second) in zip(ranked, ranked.dropFirst()) where first.score == second.score {
        tied.insert(first.score)
      }
    }
    if let proposals = proposals(ranked, random: random) {
      return try outcome(of: proposals, tied: tied, isSupported, checkpoint)
    }
    return try outcome(of: RankedPairs(ranked), tied: tied, isSupported, checkpoint)
  }

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
    for (high, low) in proposals {
      seen &+= 1
      if seen % Self.checkpointInterval == 0 { try checkpoint() }
      guard isAllowed(high, low) else { continue }
      let isTied = tied.contains(high.score) || tied.contains(low.score)
      var fault = fault(high, low) ?? (isTied ? .tied : nil)
      if fault == nil, !isSupported(high.candidate, low.candidate) { fault = .disagreement }
      if isFirst { reason = fault }
      isFirst = false
      guard fault == nil else { continue }
      choices.append(Choice(chosen: high.candidate, rejected: low.candidate))
      if choices.count == limit { break }
    }
    if isFirst { return .dropped(.noMatchedLength) }
    if choices.isEmpty, let reason { return .dropped(reason) }
    return .pairs(choices)
  }

  /// So many pairs are looked at in some milliseconds.
  private static let checkpointInterval = 1 << 16

  /// How many pairs a prompt may give.
  private var limit: Int? {
    switch strategy {
    case .all(let limit): limit
    case .topBottom(let count), .lengthMatched(_, let count): count
    default: 1
    }
  }

  /// Whether the strategy takes a pair at all.
  private func isAllowed(_ high: RankedCandidate, _ low: RankedCandidate) -> Bool {
    guard case .lengthMatched(let ratio, _) = strategy else { return true }
    let (short, long) = (min(high.length, low.length), max(high.length, low.length))
    // Divided, as 1.15 * 100 rounds below 115.
    return short == long || short > 0 && long / short <= ratio
  }

  private func fault(_ high: RankedCandidate, _ low: RankedCandidate) -> PromptDrop? {
    let margin = high.score - low.score
    // Also where one candidate is proposed twice, and where infinite scores leave no difference.
    guard margin > 0 else { return .noMargin }
    if margin <= precision { return .belowPrecision }
    if margin < minMargin { return .belowMinMargin }
    if let maxMargin, margin > maxMargin { return .aboveMaxMargin }
    return nil
  }
}

extension PairSelector {
  /// The pairs that the strategy names, the best first; nil where it looks at every pair.
  private func proposals(
    _ ranked: [RankedCandidate], random: UInt64
  ) -> [(RankedCandidate, RankedCandidate)]? {
    let last = ranked.count - 1
    switch strategy {
    case .maxMin:
      return [(ranked[0], ranked[last])]
    case .maxSecond:
      return [(ranked[0], ranked[1])]
    case .maxRandom:
      return [(ranked[0], ranked[1 + Int(random % UInt64(last))])]
    case .muSigma(let sigma):
      return [(ranked[0], nearest(ranked, deviations: sigma))]
    case .quantile(let upper, let lower):
      return [(ranked[place(upper, of: ranked)], ranked[place(lower, of: ranked)])]
    case .topBottom(let count):
      return (0..<min(count, ranked.count / 2)).map { (ranked[$0], ranked[last - $0]) }
    case .all, .lengthMatched:
      return nil
    }
  }

  /// The candidate after the first whose score is nearest to mean − `deviations`·(population
  /// standard deviation); of two as near the lower-ranked.
  private func nearest(_ ranked: [RankedCandidate], deviations: Double) -> RankedCandidate {
    let count = Double(ranked.count)
    let mean = ranked.reduce(0) { $0 + $1.score } / count
    let variance = ranked.reduce(0) { $0 + ($1.score - mean) * ($1.score - mean) } / count
    let target = mean - deviations * variance.squareRoot()
    var best = ranked[1]
    for entry in ranked[1...]
    where abs(entry.score - target) <= abs(best.score - target) {
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
