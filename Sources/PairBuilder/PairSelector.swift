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

  package init(
    strategy: Strategy, minCandidates: Int = 2, minMargin: Double = 0, maxMargin: Double? = nil
  ) {
    self.strategy = strategy
    self.minCandidates = minCandidates
    self.minMargin = minMargin
    self.maxMargin = maxMargin
  }

  /// Picks pairs among a prompt's usable candidates.
  ///
  /// - Parameters:
  ///   - contenders: the candidates, in any order.
  ///   - random: a uniform random number drawn for the prompt.
  /// - Complexity: O(n log n), or O(n² log n) for strategies that look at every pair.
  package func outcome(among contenders: [Contender], random: UInt64) -> Outcome {
    guard contenders.count >= max(2, minCandidates) else { return .dropped(.tooFewCandidates) }
    let ranked = contenders.sorted { $0.ranksBefore($1) }
    let proposals = proposals(ranked, random: random)
    guard let first = proposals.first else { return .dropped(.noMatchedLength) }

    var choices: [Choice] = []
    for (high, low) in proposals where fault(high, low) == nil {
      choices.append(Choice(chosen: high.candidate, rejected: low.candidate))
      if choices.count == limit { break }
    }
    // The first proposal is the one that the strategy likes best, so its fault is the reason.
    if choices.isEmpty, let reason = fault(first.0, first.1) { return .dropped(reason) }
    return .pairs(choices)
  }

  /// How many pairs a prompt may give.
  private var limit: Int? {
    switch strategy {
    case .all(let limit): limit
    case .topBottom(let count), .lengthMatched(_, let count): count
    default: 1
    }
  }

  private func fault(_ high: Contender, _ low: Contender) -> PromptDrop? {
    let margin = high.score - low.score
    // Also where one candidate is proposed twice, and where infinite scores leave no difference.
    guard margin > 0 else { return .noMargin }
    if margin < minMargin { return .belowMinMargin }
    if let maxMargin, margin > maxMargin { return .aboveMaxMargin }
    return nil
  }
}

extension PairSelector {
  /// The pairs that the strategy would like, the best first.
  private func proposals(
    _ ranked: [Contender], random: UInt64
  ) -> [(Contender, Contender)] {
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
    case .all:
      return everyPair(ranked) { _, _ in true }
    case .lengthMatched(let ratio, _):
      return everyPair(ranked) { first, second in
        let (short, long) = (min(first.length, second.length), max(first.length, second.length))
        // Divided, as 1.15 * 100 rounds below 115.
        return short == long || short > 0 && long / short <= ratio
      }
    }
  }

  /// The candidate after the first whose score is nearest to mean − `deviations`·(population
  /// standard deviation); of two as near the lower-ranked.
  private func nearest(_ ranked: [Contender], deviations: Double) -> Contender {
    let count = Double(ranked.count)
    let mean = ranked.reduce(0) { $0 + $1.score } / count
    let variance = ranked.reduce(0) { $0 + ($1.score - mean) * ($1.score - mean) } / count
    let target = mean - deviations * variance.squareRoot()
    var best = ranked[1]
    for contender in ranked[1...]
    where abs(contender.score - target) <= abs(best.score - target) {
      best = contender
    }
    return best
  }

  /// The place, best first, of a quantile of the scores by nearest rank.
  private func place(_ quantile: Double, of ranked: [Contender]) -> Int {
    let count = ranked.count
    let ascending = Int((quantile * Double(count)).rounded(.up)) - 1
    return count - 1 - min(max(ascending, 0), count - 1)
  }

  /// Every pair in rank order that `isWanted`, the largest margin first.
  private func everyPair(
    _ ranked: [Contender], where isWanted: (Contender, Contender) -> Bool
  ) -> [(Contender, Contender)] {
    var pairs: [(high: Int, low: Int)] = []
    for high in ranked.indices {
      for low in ranked.indices[(high + 1)...] where isWanted(ranked[high], ranked[low]) {
        pairs.append((high, low))
      }
    }
    func margin(_ pair: (high: Int, low: Int)) -> Double {
      ranked[pair.high].score - ranked[pair.low].score
    }
    pairs.sort {
      let (first, second) = (margin($0), margin($1))
      return first != second ? first > second : ($0.high, $0.low) < ($1.high, $1.low)
    }
    return pairs.map { (ranked[$0.high], ranked[$0.low]) }
  }
}
