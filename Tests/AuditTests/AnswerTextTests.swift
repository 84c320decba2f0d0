import TestSupport
import Testing

@testable import Audit

@Suite struct AnswerTextTests {
  private static func isTruncated(_ text: String) -> Bool {
    let text = Array(text.utf8)
    let fingerprint = TextFingerprint(text.span, isCompared: false)
    return AnswerText.record(text.span, fingerprint, score: nil).isTruncated
  }

  /// Against the rule as the documentation has it, line by line.
  @Test(arguments: UInt64(1)...200)
  func truncationIsJudgedByTheRule(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = ["```", "``", "`", "\n", "\n  ", " ", "word", "end.", ",", "(", "é", "```swift\n"]
    let text =
      String(repeating: "Some text. ", count: 20)
      + (0..<random.below(20)).map { _ in pieces[random.below(pieces.count)] }.joined()
    let fences = text.split(separator: "\n", omittingEmptySubsequences: false).count {
      $0.drop { $0 == " " }.hasPrefix("```")
    }
    let last = text.unicodeScalars.last { !" \n".unicodeScalars.contains($0) }
    let isOpen =
      last.map {
        $0.isASCII && ($0.properties.isAlphabetic || ",([{0123456789".unicodeScalars.contains($0))
      } ?? false
    #expect(Self.isTruncated(text) == (fences % 2 == 1 || isOpen), "\(text)")
  }
}
