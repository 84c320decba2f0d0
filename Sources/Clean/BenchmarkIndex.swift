/// The n-grams of benchmarks' texts, to be looked for in prompts.
///
/// A posting takes 16 bytes and its part of the table of starts 4 to 8.
package struct BenchmarkIndex: Sendable {
  /// How many words an n-gram has.
  package let ngramSize: Int
  /// The least share of a text's words that a prompt must have for a match.
  package let share: Double
  private(set) var texts: [IndexedText] = []
  /// How many groups the texts are in.
  private(set) var groupCount = 0
  /// By their n-grams, so that equal ones stand together.
  private var postings: [Posting] = []
  /// For what the first bits of an n-gram can be, where the postings of such begin.
  private var starts: [UInt32] = [0, 0]
  private var prefixBits = 0
  /// How many words of 64 bits the marks of all texts take.
  private(set) var markCount = 0

  /// A text, without its words.
  struct IndexedText: Sendable {
    var wordCount: Int
    /// The benchmark that it belongs to.
    var group: Int
    /// Where the marks of its n-grams begin, a bit for each, in words of 64 bits.
    var firstMark: Int
  }

  private struct Posting {
    var ngram: UInt64
    var text: UInt32
    /// The number of the n-gram's first word.
    var position: UInt32
  }

  /// - Parameters:
  ///   - ngramSize: how many words an n-gram has; positive.
  ///   - share: the least share of a text's words that a match covers, above 0 and up to 1.
  package init(ngramSize: Int, share: Double) {
    self.ngramSize = ngramSize
    self.share = share
  }

  /// Adds a text of a benchmark; nothing is found before ``seal()``.
  ///
  /// - Parameters:
  ///   - words: the fingerprints of the text's words; not empty.
  ///   - group: the benchmark's number.
  package mutating func append(_ words: [UInt64], group: Int) {
    let ngrams = NGrams.of(words, size: ngramSize)
    for (position, ngram) in ngrams.enumerated() {
      postings.append(
        Posting(ngram: ngram, text: UInt32(texts.count), position: UInt32(position)))
    }
    texts.append(IndexedText(wordCount: words.count, group: group, firstMark: markCount))
    markCount += (ngrams.count + 63) / 64
    groupCount = max(groupCount, group + 1)
  }

  /// Makes all texts ready to be found.
  package mutating func seal() {
    postings.sort {
      ($0.ngram, $0.text, $0.position) < ($1.ngram, $1.text, $1.position)
    }
    prefixBits = max(1, Int.bitWidth - postings.count.leadingZeroBitCount)
    starts = []
    starts.reserveCapacity(1 << prefixBits + 1)
    for (place, posting) in postings.enumerated() {
      while starts.count <= prefix(of: posting.ngram) { starts.append(UInt32(place)) }
    }
    while starts.count <= 1 << prefixBits { starts.append(UInt32(postings.count)) }
  }

  private func prefix(of ngram: UInt64) -> Int { Int(ngram >> (UInt64(64 - prefixBits))) }

  /// Calls a function for each place of an n-gram in the texts.
  func forEachPlace(of ngram: UInt64, _ body: (_ text: Int, _ position: Int) -> Void) {
    let prefix = prefixBits == 0 ? 0 : prefix(of: ngram)
    for place in starts[prefix]..<starts[prefix + 1] {
      let posting = postings[Int(place)]
      if posting.ngram == ngram { body(Int(posting.text), Int(posting.position)) }
    }
  }
}
