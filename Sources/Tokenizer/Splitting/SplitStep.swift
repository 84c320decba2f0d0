/// A step that makes smaller pieces of a text, or other text of a piece: a pre-tokenizer of the file.
enum SplitStep: Sendable {
  /// Matches of a regular expression; where `inverted`, what is between them.
  case pattern(Pattern, SplitBehavior, inverted: Bool)
  /// The places of a text.
  case literal([UInt8], SplitBehavior, inverted: Bool)
  /// Numbers.
  case digits(SplitBehavior)
  /// A space before a piece that has none.
  case prefixSpace
  /// Each byte becomes the character that stands for it.
  case spelledBytes
  /// A mark in the place of each space, and before the piece.
  case marks([UInt8], MarkPrefix)
  /// Pieces that begin with a mark.
  case splitAtMarks([UInt8])

  /// Where a mark is put before a piece that has none.
  enum MarkPrefix: String, CaseIterable, Sendable {
    case first, never, always
  }
}
