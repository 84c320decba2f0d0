internal import Columns
internal import Records
internal import Scan
internal import Settings

/// Which prompts give their pairs where not all do: of each source, and of all, those with the
/// smallest hashes.
///
/// Hashes are of what identifies a prompt, so the choice depends on neither the order of the input
/// nor its files. Every prompt is on one side of its bound, those too that give no pair, so that the
/// pairs of other scores can be compared with these.
struct PairCaps: Sendable {
  /// A prompt that gives pairs.
  private struct Entry {
    let rank: UInt128
    let prompt: Int
    let pairs: Int
  }

  /// For each prompt why it gives no pair.
  private var beyondSource: BitColumn
  private var beyondSample: BitColumn

  /// Nil where the number of pairs is not bounded.
  ///
  /// - Parameter pairs: The pairs that there would be without a bound, by prompt.
  init?(_ configuration: Configuration.Pairs, _ table: CandidateTable, pairs: [PairPlan]) {
    guard configuration.perSource != nil || configuration.sample != nil else { return nil }
    beyondSource = BitColumn(count: table.promptCount)
    beyondSample = beyondSource
    let seed = configuration.seed
    var entries = Self.entries(pairs, table, seed: seed)
    if let limit = configuration.perSource {
      entries = capSources(entries, limit, table, seed: seed)
    }
    guard let limit = configuration.sample, entries.count > limit else { return }
    let bound = entries[limit].rank
    for prompt in 0..<table.promptCount
    where !beyondSource[prompt] && table.rank(ofPrompt: prompt, seed: seed) >= bound {
      beyondSample.insert(prompt)
    }
  }

  /// Why a prompt gives no pair; nil where it may.
  func drop(ofPrompt prompt: Int) -> PromptDrop? {
    if beyondSource[prompt] { return .beyondSource }
    return beyondSample[prompt] ? .beyondSample : nil
  }

  /// The prompts that give pairs, in the order of their hashes.
  private static func entries(
    _ pairs: [PairPlan], _ table: CandidateTable, seed: Int
  ) -> [Entry] {
    var entries: [Entry] = []
    var start = 0
    while start < pairs.count {
      let prompt = pairs[start].prompt
      var end = start
      while end < pairs.count, pairs[end].prompt == prompt { end += 1 }
      entries.append(
        Entry(
          rank: table.rank(ofPrompt: Int(prompt), seed: seed), prompt: Int(prompt),
          pairs: end - start))
      start = end
    }
    return entries.sorted { $0.rank < $1.rank }
  }

  /// Takes of each source the prompts up to the first whose pairs would be too many.
  ///
  /// - Returns: The prompts that are taken.
  private mutating func capSources(
    _ entries: [Entry], _ limit: Int, _ table: CandidateTable, seed: Int
  ) -> [Entry] {
    var counts: [UInt32: Int] = [:]
    var bounds: [UInt32: UInt128] = [:]
    let taken = entries.filter { entry in
      let source = table.sources.code(of: entry.prompt)
      guard bounds[source] == nil else { return false }
      counts[source, default: 0] += entry.pairs
      guard counts[source, default: 0] > limit else { return true }
      bounds[source] = entry.rank
      return false
    }
    for prompt in 0..<table.promptCount {
      guard let bound = bounds[table.sources.code(of: prompt)] else { continue }
      if table.rank(ofPrompt: prompt, seed: seed) >= bound { beyondSource.insert(prompt) }
    }
    return taken
  }
}
