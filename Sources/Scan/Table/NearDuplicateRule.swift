package import Clean
internal import Columns

/// How prompts that nearly repeat another are found, and which one is used.
package struct NearDuplicateRule: Sendable {
  package var shape: BandShape
  /// The least Jaccard similarity of duplicates, above 0 and up to 1.
  package var similarity: Double
  /// Whether the prompt with the most usable answers, then with the widest rewards, comes before the
  /// others; else it is the first of the input.
  package var prefersBest: Bool
  /// For so many prompts there is memory.
  package var mostPrompts: Int

  /// - Parameter memory: bytes that signatures may take, and what is needed to compare them.
  package init(_ shape: BandShape, similarity: Double, prefersBest: Bool, memory: Int) {
    self.shape = shape
    self.similarity = similarity
    self.prefersBest = prefersBest
    // The order takes 4 bytes, and what it goes by 24.
    mostPrompts = memory / (NearDuplicates.byteCount(perPromptOf: shape) + 28)
  }
}

/// What came of the search for near duplicates.
package struct NearDuplicateCounts: Equatable, Sendable {
  /// Prompts that others nearly repeat.
  package var originals = 0
  /// The most duplicates that one of them has.
  package var mostDuplicates = 0
  /// Prompts that were not compared with all others they could have been, as these were too many.
  package var notComparedWithAll = 0
}

extension NearDuplicateRule {
  /// The prompts that nearly repeat another, of those with which nothing else is wrong.
  ///
  /// Prompts with fewer than two usable answers, which give no pair, stand for no others.
  ///
  /// - Parameter signatures: For each prompt as many numbers as there are bands, all 0 where it has no
  ///   words.
  func duplicates(
    in table: CandidateTable, _ groups: CandidateGroups, _ signatures: Column<UInt64>
  ) -> (prompts: [UInt32], counts: NearDuplicateCounts) {
    var prompts: [UInt32] = []
    for prompt in 0..<table.promptCount
    where table.drop(ofPrompt: prompt) == nil
      && (0..<shape.bands).contains(where: { signatures[prompt * shape.bands + $0] != 0 })
      && groups[prompt].count(where: { !table.rewards[Int($0)].isNaN }) >= 2
    {
      prompts.append(UInt32(prompt))
    }
    if prefersBest { prompts = bestFirst(prompts, in: table, groups) }
    var search = NearDuplicates(shape, similarity: similarity, count: prompts.count)
    var duplicates: [UInt32] = []
    var duplicateCounts: [Int: Int] = [:]
    for prompt in prompts {
      guard let original = search.original(of: Int(prompt), in: signatures) else { continue }
      duplicates.append(prompt)
      duplicateCounts[original, default: 0] += 1
    }
    return (
      duplicates,
      NearDuplicateCounts(
        originals: duplicateCounts.count, mostDuplicates: duplicateCounts.values.max() ?? 0,
        notComparedWithAll: search.cutCount)
    )
  }

  /// Prompts by their usable answers, the most first, then by how far their rewards are apart, then as
  /// they were read.
  private func bestFirst(
    _ prompts: [UInt32], in table: CandidateTable, _ groups: CandidateGroups
  ) -> [UInt32] {
    let ranked = prompts.map { prompt -> (answers: Int, spread: Double, prompt: UInt32) in
      let rewards = groups[Int(prompt)].map { table.rewards[Int($0)] }.filter { !$0.isNaN }
      return (rewards.count, (rewards.max() ?? 0) - (rewards.min() ?? 0), prompt)
    }
    return ranked.sorted {
      ($1.answers, $1.spread, $0.prompt) < ($0.answers, $0.spread, $1.prompt)
    }.map(\.prompt)
  }
}
