import Records
import TestSupport
import Testing

@testable import Audit

@Suite struct AnswerTextTests {
  private static func isTruncated(_ text: String) -> Bool {
    AnswerText.record(.text(Array(text.utf8)), Array(text.utf8), score: nil).isTruncated
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

  /// Against the multisets of words.
  @Test(arguments: UInt64(1)...100)
  func nearlyIdenticalAnswersShareNineTenthsOfTheirWords(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let first = (0..<(1 + random.below(40))).map { _ in "w\(random.below(30))" }
    var second = first
    for _ in 0..<random.below(4) {
      let place = random.below(second.count)
      if random.below(2) == 0 { second[place] = "new" } else { second.insert("more", at: place) }
    }
    let texts = [first, second].map { Array($0.joined(separator: " ").utf8) }
    var counts: [String: Int] = [:]
    for word in first { counts[word, default: 0] += 1 }
    let common = second.count { word in
      counts[word, default: 0] > 0 ? { counts[word, default: 0] -= 1 }() == () : false
    }
    let share = Double(common) / Double(first.count + second.count - common)
    let expected = first != second && share >= 0.9
    #expect(AnswerText.areNearlyIdentical(texts[0], texts[1]) == expected)
  }
}
