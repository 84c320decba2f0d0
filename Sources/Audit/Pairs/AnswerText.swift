internal import Bytes
internal import Hashing
internal import Ingest
internal import Records
internal import Text

/// What is measured of an answer's text.
enum AnswerText {
  /// Shorter answers are not judged truncated: a word or a number is often a whole answer.
  static let shortestTruncated = 200

  /// Measures an answer by its text.
  static func record(_ answer: Answer, _ text: [UInt8], score: Double?) -> AnswerRecord {
    let fingerprint = TextFingerprint(answer.identity)
    let length = CodePoints.count(text.span)
    return AnswerRecord(
      text: fingerprint, length: UInt32(clamping: length),
      markdown: UInt32(clamping: Markdown.count(text.span)), score: score ?? .nan,
      isTruncated: length >= shortestTruncated && isCutOff(text.span))
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

  /// The least share of common words that makes two answers nearly identical.
  static let nearlyIdenticalShare = 0.9

  /// Whether two different answers share at least nine tenths of their words: the Jaccard
  /// similarity of the multisets of words between spaces.
  static func areNearlyIdentical(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    guard first != second else { return false }
    // Texts with many more words than the other share too few of them.
    let (one, two) = (wordCount(first.span), wordCount(second.span))
    guard Double(min(one, two)) >= nearlyIdenticalShare * Double(max(one, two)) else {
      return false
    }
    var counts: [UInt64: Int] = [:]
    var total = 0
    for word in first.split(whereSeparator: { $0 <= 0x20 }) {
      counts[fingerprint(word), default: 0] += 1
      total += 1
    }
    var common = 0
    for word in second.split(whereSeparator: { $0 <= 0x20 }) {
      total += 1
      let key = fingerprint(word)
      if let left = counts[key], left > 0 {
        counts[key] = left - 1
        common += 1
      }
    }
    return Double(common) >= nearlyIdenticalShare * Double(total - common)
  }

  /// The number of words between spaces and control characters.
  private static func wordCount(_ text: Span<UInt8>) -> Int {
    guard !text.isEmpty else { return 0 }
    // A word begins where a byte is more than a space and the one before it is not.
    var count = text[0] > 0x20 ? 1 : 0
    for index in 1..<text.count {
      count &+= text[index] > 0x20 && text[index - 1] <= 0x20 ? 1 : 0
    }
    return count
  }

  private static func fingerprint(_ word: ArraySlice<UInt8>) -> UInt64 {
    Fingerprint.of(word.span.bytes)
  }
}
