import TestSupport
import Testing

@testable import Clean

@Suite struct BenchmarkMatcherTests {
  /// The words of `text` in n-grams that `prompt` has, looked for one by one.
  private static func covered(_ text: [UInt64], by prompt: [UInt64], size: Int) -> Int {
    guard text.count >= size else { return text == prompt ? text.count : 0 }
    var isCovered = text.map { _ in false }
    for start in 0...(text.count - size) where prompt.count >= size {
      let ngram = text[start..<(start + size)]
      if (0...(prompt.count - size)).contains(where: { prompt[$0..<($0 + size)] == ngram }) {
        for place in ngram.indices { isCovered[place] = true }
      }
    }
    return isCovered.count { $0 }
  }

  /// Few different words, so that n-grams repeat in texts, among them and in prompts.
  @Test(arguments: [(1, 0.5), (2, 0.3), (3, 0.7), (5, 1.0), (8, 0.01)])
  func matchesAreThoseOfLookingAtEverything(size: Int, share: Double) {
    var random = SeededRandom(seed: UInt64(size))
    func text(_ longest: Int) -> [UInt64] {
      (0..<(1 + random.below(longest))).map { _ in UInt64(random.below(3)) &* 0x9E37_79B9_7F4A }
    }
    for _ in 0..<30 {
      let texts = (0..<40).map { _ in text(150) }
      var index = BenchmarkIndex(ngramSize: size, share: share)
      for (number, text) in texts.enumerated() { index.append(text, group: number / 10) }
      index.seal()
      var matcher = BenchmarkMatcher(index)
      for _ in 0..<10 {
        let prompt = text(60)
        var expected: [BenchmarkMatch] = []
        for group in 0..<4 {
          let shares = (0..<10).map { place -> Double in
            let text = texts[group * 10 + place]
            return Double(Self.covered(text, by: prompt, size: size)) / Double(text.count)
          }
          guard let best = shares.max(), best >= share, let place = shares.firstIndex(of: best)
          else { continue }
          let words = Self.covered(texts[group * 10 + place], by: prompt, size: size)
          expected.append(
            BenchmarkMatch(text: UInt32(group * 10 + place), words: UInt32(words)))
        }
        #expect(matcher.matches(of: NGrams.of(prompt, size: size)) == expected)
      }
    }
  }

  @Test func nothingIsFoundWithoutTexts() {
    var index = BenchmarkIndex(ngramSize: 2, share: 0.5)
    index.seal()
    var matcher = BenchmarkMatcher(index)
    #expect(matcher.matches(of: [1, 2, .max]).isEmpty)
  }

  @Test func repeatedSharesAreThoseOfLookingAtEverything() {
    var random = SeededRandom(seed: 8)
    for _ in 0..<500 {
      let size = 1 + random.below(5)
      let words = (0..<random.below(40)).map { _ in UInt64(random.below(4)) }
      var isRepeated = words.map { _ in false }
      for place in words.indices where place + size <= words.count {
        let ngram = words[place..<(place + size)]
        if (0..<place).contains(where: { words[$0..<($0 + size)] == ngram }) {
          for covered in ngram.indices { isRepeated[covered] = true }
        }
      }
      let share = Double(isRepeated.count { $0 }) / Double(max(1, words.count))
      #expect(NGrams.repeatedShare(of: words, size: size) == share)
    }
  }

  @Test func phrasesAreFoundWordByWord() {
    let phrases = PhraseList(["I can't help", "as an AI", "...", "sorry"])
    func isFound(_ text: String) -> Bool {
      var words: [UInt64] = []
      var reader = WordReader()
      reader.append(Array(text.utf8).span, to: &words)
      return phrases.occur(in: words)
    }
    #expect(isFound("Well, I CAN\u{2019}T help you."))
    #expect(isFound("As an AI, no"))
    #expect(isFound("SORRY"))
    #expect(!isFound("as an aide I cannot help"))
    #expect(!isFound("can't help"))
    #expect(!isFound("..."))
  }
}
