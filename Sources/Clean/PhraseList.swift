/// Phrases that are looked for in texts, word by word.
package struct PhraseList: Sendable {
  /// For each number of words the phrases that have so many, as n-grams.
  private var phrases: [(size: Int, ngrams: Set<UInt64>)] = []

  /// - Parameter texts: The phrases; those without a word are not looked for.
  package init(_ texts: [String]) {
    var bySize: [Int: Set<UInt64>] = [:]
    var reader = WordReader()
    for text in texts {
      var words: [UInt64] = []
      reader.append(Array(text.utf8).span, to: &words)
      bySize[words.count, default: []].formUnion(NGrams.of(words, size: words.count))
    }
    phrases = bySize.filter { $0.key > 0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether one of the phrases stands in a text.
  ///
  /// - Parameter words: The fingerprints of the text's words.
  package func occur(in words: [UInt64]) -> Bool {
    phrases.contains { size, ngrams in
      words.count >= size && NGrams.of(words, size: size).contains { ngrams.contains($0) }
    }
  }
}
