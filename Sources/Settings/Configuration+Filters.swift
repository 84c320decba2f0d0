package import Records

extension Configuration {
  /// Which candidates and prompts are left out.
  package struct Filters: Equatable, Sendable {
    package var minChars = 1
    package var maxChars: Int?
    /// The most tokens of an answer, and of prompt and answer together.
    package var maxTokens: Int?
    package var maxPairTokens: Int?
    package var minCandidates = 2
    package var dedup = true
    package var contaminated = Contaminated()
    package var nearDuplicates = NearDuplicates()
    package var repetition = Repetition()
    package var scripts = Scripts()
    /// Phrases that make an answer a refusal.
    package var refusals: [String] = []

    /// Benchmarks whose texts no prompt may have.
    package struct Contaminated: Equatable, Sendable {
      /// Their files; none for no benchmarks.
      package var against: [String] = []
      /// Paths of the fields whose texts count; none for all texts of a row.
      package var fields: [String] = []
      /// Words of an n-gram.
      package var ngram = 8
      /// The least share of a text's words that a prompt must have.
      package var share = 0.5

      package init() {}
    }

    /// Prompts that nearly repeat others.
    package struct NearDuplicates: Equatable, Sendable {
      /// Which prompt of those that are alike is used.
      package enum Kept: String, CaseIterable, Sendable {
        /// The first of the input.
        case first
        /// The one with the most usable answers, then with the widest rewards.
        case best
      }

      /// The least Jaccard similarity of duplicates; nil for no such filter.
      package var similarity: Double?
      package var keep = Kept.first
      /// Words of an n-gram.
      package var ngram = 5
      /// How signatures are cut.
      package var bands = 14
      package var rows = 8

      package init() {}
    }

    /// Prompts that repeat themselves.
    package struct Repetition: Equatable, Sendable {
      /// The largest share of words in repeated n-grams; nil for no such filter.
      package var share: Double?
      /// Words of an n-gram.
      package var ngram = 5

      package init() {}
    }

    /// Prompts in other scripts.
    package struct Scripts: Equatable, Sendable {
      /// Those that prompts are to be written in; none for no such filter.
      package var names: [WritingSystem] = []
      /// The least share of a prompt's letters that are of these.
      package var share = 0.5

      package init() {}
    }

    package init() {}
  }
}
