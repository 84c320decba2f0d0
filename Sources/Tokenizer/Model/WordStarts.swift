internal import Bytes

/// Where words of SentencePiece begin: before a mark `▁` that no merge joins to what stands before it, so
/// that the parts of a text have as many tokens as the whole.
struct WordStarts: Sendable {
  static let mark: [UInt8] = [0xE2, 0x96, 0x81]

  /// The last characters of tokens that merge with one that begins with a mark.
  private let joined: Set<UInt32>

  /// - Parameter joined: tokens that merge with one behind them that begins with a mark.
  /// - Returns: nil where one of them may stand for bytes of any character.
  init?(joined tokens: [[UInt8]]) {
    guard !tokens.contains(where: { $0.starts(with: "<0x".utf8) }) else { return nil }
    joined = Set(
      tokens.filter { !$0.isEmpty }.map { Self.lastScalar(of: $0.span, before: $0.count) })
  }

  private static func lastScalar(of text: Span<UInt8>, before end: Int) -> UInt32 {
    Scalars.scalar(in: text, at: Scalars.start(in: text, before: end)).scalar
  }

  /// The next place behind another where a word begins; nil for none.
  func next(in text: Span<UInt8>, behind place: Int) -> Int? {
    var place = place + 1
    while let start = text.firstIndex(of: Self.mark[0], from: place) {
      if start + 2 < text.count, text[start + 1] == Self.mark[1], text[start + 2] == Self.mark[2],
        !joined.contains(Self.lastScalar(of: text, before: start))
      {
        return start
      }
      place = start + 1
    }
    return nil
  }
}
