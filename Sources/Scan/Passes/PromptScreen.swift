internal import Clean
internal import Records
internal import Rows

/// Looks at prompts one after the other, as the filters want it.
///
/// The text of a prompt is that of its messages in their order, but for those of the system: many
/// prompts share these. One screen serves one thread.
final class PromptScreen {
  private let filters: PromptFilters
  private var reader = WordReader()
  private var words: [UInt64] = []
  private var matcher: BenchmarkMatcher?
  private var hasher: MinHasher?
  /// The last prompt and what was found of it: rows of one prompt often stand together.
  private var last: (fingerprint: UInt64, verdict: PromptVerdict)?

  /// Nil where nothing is looked for.
  init?(_ filters: PromptFilters) {
    guard !filters.isEmpty else { return nil }
    self.filters = filters
    matcher = filters.benchmarks.map { BenchmarkMatcher($0) }
    hasher = filters.signature.map { MinHasher($0.shape) }
  }

  /// What the filters find of a prompt.
  func verdict(on prompt: borrowing PromptBytes) -> PromptVerdict {
    let fingerprint = prompt.fingerprint
    if let last, last.fingerprint == fingerprint { return last.verdict }
    let texts = prompt.messages.filter { $0.role != .system }.map(\.text)
    let verdict = verdict(on: texts)
    last = (fingerprint, verdict)
    return verdict
  }

  private func verdict(on texts: [[UInt8]]) -> PromptVerdict {
    words.removeAll(keepingCapacity: true)
    for text in texts { reader.append(text.span, to: &words) }
    var verdict = PromptVerdict()
    if let benchmarks = filters.benchmarks {
      let ngrams = NGrams.of(words, size: benchmarks.ngramSize)
      verdict.matches = matcher?.matches(of: ngrams) ?? []
      if !verdict.matches.isEmpty { verdict.drop = .contaminated }
    }
    if verdict.drop == nil, let (most, size) = filters.repetition,
      NGrams.repeatedShare(of: words, size: size) > most
    {
      verdict.drop = .repetitivePrompt
    }
    if verdict.drop == nil, let (systems, least) = filters.scripts {
      var letters = LetterCount(systems)
      for text in texts { letters.append(text.span) }
      if let share = letters.share, share < least { verdict.drop = .otherScript }
    }
    if verdict.drop == nil, let size = filters.signature?.ngramSize {
      verdict.signature = hasher?.signature(of: NGrams.of(words, size: size)) ?? []
    }
    return verdict
  }
}
