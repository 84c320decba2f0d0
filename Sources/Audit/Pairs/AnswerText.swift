internal import Bytes
internal import Text

/// What is measured of an answer's text.
enum AnswerText {
  /// Shorter answers are not judged truncated: a word or a number is often a whole answer.
  static let shortestTruncated = 200

  /// Measures an answer by its text.
  ///
  /// - Parameter fingerprint: that of what tells the answer from others.
  static func record(
    _ text: Span<UInt8>, _ fingerprint: TextFingerprint, score: Double?
  ) -> AnswerRecord {
    let length = CodePoints.count(text)
    return AnswerRecord(
      text: fingerprint, length: UInt32(clamping: length),
      markdown: UInt32(clamping: Markdown(text).elements), score: score ?? .nan,
      isTruncated: length >= shortestTruncated && isCutOff(text))
  }

  /// Whether a text ends inside something: a code block left open, or a last line of words that
  /// ends with a letter, a digit, a comma or an opening bracket.
  private static func isCutOff(_ text: Span<UInt8>) -> Bool {
    guard let last = text.indices.last(where: { text[$0] > 0x20 }) else { return false }
    if fences(in: text) % 2 == 1 { return true }
    switch text[last] {
    case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return true
    default: return false
    }
  }

  /// The lines that begin with three backticks, spaces before them or not.
  private static func fences(in text: Span<UInt8>) -> Int {
    var count = 0
    var position = 0
    while let index = text.firstIndex(of: 0x60, from: position) {
      position = index + 1
      guard text.holds([0x60, 0x60], at: position) else { continue }
      var start = index
      while start > 0, text[start - 1] == 0x20 { start -= 1 }
      if start == 0 || text[start - 1] == 0x0A { count += 1 }
    }
    return count
  }
}
