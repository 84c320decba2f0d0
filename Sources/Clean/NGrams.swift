internal import Hashing

/// N-grams of words, each as a fingerprint.
package enum NGrams {
  /// The n-grams of a text in their order, repeated ones too.
  ///
  /// A text of fewer than `size` words has one, of all its words; a text without words has none.
  ///
  /// - Parameter words: The fingerprints of the text's words.
  package static func of(_ words: [UInt64], size: Int) -> [UInt64] {
    guard words.count > size else {
      return words.isEmpty ? [] : [Fingerprint.of(words.span.bytes)]
    }
    let words = words.span
    return (0...(words.count - size)).map {
      Fingerprint.of(words.extracting($0..<($0 + size)).bytes)
    }
  }

  /// The share of a text's words that stand in an n-gram that the text had before.
  package static func repeatedShare(of words: [UInt64], size: Int) -> Double {
    var seen: Set<UInt64> = []
    var (covered, end) = (0, 0)
    for (place, ngram) in of(words, size: size).enumerated() where !seen.insert(ngram).inserted {
      covered += place + size - max(place, end)
      end = place + size
    }
    return words.isEmpty ? 0 : Double(covered) / Double(words.count)
  }
}
