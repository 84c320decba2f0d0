internal import PairBuilder

/// The usable candidates of some prompts, one prompt after the other.
struct RankedCandidateBlock {
  /// The numbers of the prompts.
  private(set) var prompts: [Int] = []
  /// With their rewards for scores.
  private(set) var candidates: [RankedCandidate] = []
  /// For each prompt where its candidates end.
  private var ends: [Int] = []

  /// Prompts that are looked at together, so that their candidates stay in the processor's cache.
  static let size = 1024

  /// Adds a candidate of the prompt that is added next.
  mutating func append(_ entry: RankedCandidate) { candidates.append(entry) }

  /// Adds a prompt, whose candidates are those that were added since the last.
  mutating func finish(_ prompt: Int) {
    prompts.append(prompt)
    ends.append(candidates.count)
  }

  /// Where the candidates of a prompt stand, by its place among the prompts.
  func members(of place: Int) -> Range<Int> { (place == 0 ? 0 : ends[place - 1])..<ends[place] }

  /// The candidates with other scores.
  func scored(_ scores: FinalScores) -> [RankedCandidate] {
    candidates.scored { scores[$0.candidate] }
  }
}
