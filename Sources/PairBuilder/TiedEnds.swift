/// How many prompts have more than one candidate with their best or their worst score, so that the
/// rule for ties has a say in which answers are compared.
package struct TiedEnds: Equatable, Sendable {
  /// Prompts with at least two candidates.
  package private(set) var prompts = 0
  package private(set) var tiedTops = 0
  package private(set) var tiedBottoms = 0
  /// Prompts whose best score is tied, or the worst, or both.
  package private(set) var tied = 0

  package init() {}

  /// Counts a prompt by its usable candidates; one alone has nothing to tie with.
  package mutating func add(_ candidates: [RankedCandidate]) { add(candidates.span) }

  package mutating func add(_ candidates: Span<RankedCandidate>) {
    guard candidates.count > 1 else { return }
    var best = (score: -Double.infinity, count: 0)
    var worst = (score: Double.infinity, count: 0)
    for place in candidates.indices {
      let score = candidates[place].score
      if score > best.score { best = (score, 0) }
      if score < worst.score { worst = (score, 0) }
      if score == best.score { best.count += 1 }
      if score == worst.score { worst.count += 1 }
    }
    prompts += 1
    if best.count > 1 { tiedTops += 1 }
    if worst.count > 1 { tiedBottoms += 1 }
    if best.count > 1 || worst.count > 1 { tied += 1 }
  }

  /// Adds the prompts that another has counted.
  package mutating func merge(_ other: TiedEnds) {
    prompts += other.prompts
    tiedTops += other.tiedTops
    tiedBottoms += other.tiedBottoms
    tied += other.tied
  }

  /// The share of prompts whose best score is tied; nil without prompts.
  package var topShare: Double? { share(tiedTops) }
  /// The share of prompts whose worst score is tied; nil without prompts.
  package var bottomShare: Double? { share(tiedBottoms) }
  /// The share of prompts either of whose ends is tied; nil without prompts.
  package var share: Double? { share(tied) }

  private func share(_ count: Int) -> Double? {
    prompts == 0 ? nil : Double(count) / Double(prompts)
  }
}
