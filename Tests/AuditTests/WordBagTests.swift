import TestSupport
import Testing

@testable import Audit

@Suite struct WordBagTests {
  /// Against the multisets of words.
  @Test(arguments: UInt64(1)...100)
  func nearlyIdenticalAnswersShareNineTenthsOfTheirWords(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let first = (0..<(1 + random.below([40, 2000][random.below(2)]))).map { _ in
      "w\(random.below(30))"
    }
    var second = first
    for _ in 0..<random.below(4) {
      let place = random.below(second.count)
      if random.below(2) == 0 { second[place] = "new" } else { second.insert("more", at: place) }
    }
    let (one, other) = (
      Array(first.joined(separator: " ").utf8), Array(second.joined(separator: " ").utf8)
    )
    var counts: [String: Int] = [:]
    for word in first { counts[word, default: 0] += 1 }
    let common = second.count { word in
      counts[word, default: 0] > 0 ? { counts[word, default: 0] -= 1 }() == () : false
    }
    let share = Double(common) / Double(first.count + second.count - common)
    let expected = first != second && share >= 0.9
    // A bag that was used before forgets what it was used for.
    var bag = WordBag()
    for _ in 0..<3 {
      let found = bag.areNearlyIdentical(one.span, other.span)
      let turnedRound = bag.areNearlyIdentical(other.span, one.span)
      #expect(found == expected)
      #expect(turnedRound == expected)
    }
  }
}
