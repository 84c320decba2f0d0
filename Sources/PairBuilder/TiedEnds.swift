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
  package mutating func add(_ contenders: [Contender]) {
    guard contenders.count > 1 else { return }
    var (best, worst) = (-Double.infinity, Double.infinity)
    for contender in contenders {
      best = max(best, contender.score)
      worst = min(worst, contender.score)
    }
    let isTopTied = contenders.count(where: { $0.score == best }) > 1
    let isBottomTied = contenders.count(where: { $0.score == worst }) > 1
    prompts += 1
    if isTopTied { tiedTops += 1 }
    if isBottomTied { tiedBottoms += 1 }
    if isTopTied || isBottomTied { tied += 1 }
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
