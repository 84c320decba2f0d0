internal import Clean

extension PromptVerdict {
  /// The matches as text: for each the number of the benchmark's text and of its words, such as
  /// `17:43 2051:12`.
  var matchesText: String {
    matches.map { "\($0.text):\($0.words)" }.joined(separator: " ")
  }

  /// Reads what ``matchesText`` writes; nil where it is something else.
  static func matches(of text: String) -> [BenchmarkMatch]? {
    let parts = text.split(separator: " ")
    let matches = parts.compactMap { part -> BenchmarkMatch? in
      let numbers = part.split(separator: ":").compactMap { UInt32($0) }
      return numbers.count == 2 ? BenchmarkMatch(text: numbers[0], words: numbers[1]) : nil
    }
    return matches.count == parts.count ? matches : nil
  }
}
