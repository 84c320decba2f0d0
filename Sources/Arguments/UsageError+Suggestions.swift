internal import Records
internal import Settings

extension UsageError {
  /// A word that is none of those allowed.
  package static func invalidChoice(
    _ word: String, for option: String, among words: [String]
  ) -> UsageError {
    UsageError(
      .invalidValue,
      "expected \(words.dropLast().joined(separator: ", ")) or \(words.last ?? "") "
        + "for \"\(option)\", found \"\(word)\"",
      hint: suggestion(for: word, among: words))
  }

  /// A question about the nearest of the names that exist; nil if none is near.
  package static func suggestion(for name: String, among names: [String]) -> String? {
    Spelling.nearest(to: name, among: names).map { "did you mean \"\($0)\"?" }
  }
}
