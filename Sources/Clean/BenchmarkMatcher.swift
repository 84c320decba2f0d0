/// A benchmark's text that stands in a prompt, wholly or in large part.
package struct BenchmarkMatch: Hashable, Sendable {
  /// The text's number in the index.
  package var text: UInt32
  /// How many of its words stand in n-grams that the prompt has.
  package var words: UInt32

  package init(text: UInt32, words: UInt32) {
    self.text = text
    self.words = words
  }
}

/// Looks for benchmarks' texts in prompts.
///
/// The score of a text is that of open-instruct (decontamination/search.py, `ngram_match`): the share
/// of its words that stand in an n-gram that the prompt has, wherever. One matcher serves one thread.
package struct BenchmarkMatcher: ~Copyable {
  private let index: BenchmarkIndex
  /// For each text the n-grams that the present prompt has, a bit each.
  private var marks: [UInt64]
  private var isTouched: [Bool]
  private var touched: [Int] = []

  package init(_ index: BenchmarkIndex) {
    self.index = index
    marks = Array(repeating: 0, count: index.markCount)
    isTouched = Array(repeating: false, count: index.texts.count)
  }

  /// The best match of each benchmark that has one, in the order of the benchmarks; of equal ones the
  /// first text.
  ///
  /// - Parameter ngrams: Those of a prompt, of the index's size, in any order.
  /// - Complexity: O(n + h) for n n-grams that stand at h places of the texts.
  package mutating func matches(of ngrams: [UInt64]) -> [BenchmarkMatch] {
    for ngram in ngrams {
      index.forEachPlace(of: ngram) { text, position in
        if !isTouched[text] {
          isTouched[text] = true
          touched.append(text)
        }
        marks[index.texts[text].firstMark + position / 64] |= 1 << UInt64(position % 64)
      }
    }
    guard !touched.isEmpty else { return [] }
    touched.sort()
    var best: [(match: BenchmarkMatch, share: Double)?] = Array(
      repeating: nil, count: index.groupCount)
    for number in touched {
      let text = index.texts[number]
      let words = takeCoveredWords(of: text)
      isTouched[number] = false
      let share = Double(words) / Double(text.wordCount)
      guard share >= index.share, share > best[text.group]?.share ?? 0 else { continue }
      best[text.group] = (BenchmarkMatch(text: UInt32(number), words: UInt32(words)), share)
    }
    touched.removeAll(keepingCapacity: true)
    return best.compactMap { $0?.match }
  }

  /// How many words of a text stand in n-grams that are marked; its marks are taken away.
  private mutating func takeCoveredWords(of text: BenchmarkIndex.IndexedText) -> Int {
    let size = min(index.ngramSize, text.wordCount)
    let ngramCount = text.wordCount - size + 1
    var (covered, end) = (0, 0)
    for number in 0..<((ngramCount + 63) / 64) {
      var rest = marks[text.firstMark + number]
      marks[text.firstMark + number] = 0
      while rest != 0 {
        let position = number * 64 + rest.trailingZeroBitCount
        covered += position + size - max(position, end)
        end = position + size
        rest &= rest - 1
      }
    }
    return covered
  }
}
