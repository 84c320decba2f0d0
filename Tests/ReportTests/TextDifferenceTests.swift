import TestSupport
import Testing

@testable import Report

@Suite struct TextDifferenceTests {
  private static func text(_ runs: [TextDifference.Run]) -> String {
    runs.map(\.text).joined()
  }

  /// Nothing is lost, and what is marked as common is the same on both sides.
  @Test(arguments: UInt64(1)...60)
  func runsMakeUpBothTexts(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let words = ["the ", "a\n", "naïve  ", "日本", "\u{1F600} ", "\r\n", "end.", "e\u{301} ", " "]
    func text(_ count: Int) -> [String] {
      (0..<count).map { _ in words[random.below(words.count)] }
    }
    let old = text(random.below(80))
    var new = old
    for _ in 0..<random.below(8) where !new.isEmpty {
      let place = random.below(new.count)
      if random.below(2) == 0 { new.remove(at: place) } else { new.insert("new ", at: place) }
    }
    if seed.isMultiple(of: 5) { new = text(40) }
    let (before, after) = (old.joined(), new.joined())
    let difference = TextDifference(before, after)
    #expect(Array(Self.text(difference.old).utf8) == Array(before.utf8))
    #expect(Array(Self.text(difference.new).utf8) == Array(after.utf8))
    let common = [difference.old, difference.new].map { runs in
      Array(runs.filter(\.isCommon).map(\.text).joined().utf8)
    }
    #expect(common[0] == common[1])
    if before == after { #expect(!difference.old.contains { !$0.isCommon }) }
  }

  @Test func marksTheWordsThatChanged() {
    let difference = TextDifference(
      "The quick brown fox jumps over the lazy dog", "The quick red fox jumps over the lazy cat")
    #expect(
      difference.old == [
        .init(text: "The quick ", isCommon: true), .init(text: "brown ", isCommon: false),
        .init(text: "fox jumps over the lazy ", isCommon: true),
        .init(text: "dog", isCommon: false),
      ])
    #expect(difference.new.filter { !$0.isCommon }.map(\.text) == ["red ", "cat"])
  }

  /// A word or two in common between other words are chance, and would only be confetti.
  @Test func wordsInCommonByChanceAreMarkedToo() {
    let difference = TextDifference(
      "I think that cats are lovely and soft", "Dogs bark and that is loud are they")
    #expect(difference.old.allSatisfy { !$0.isCommon })
    #expect(difference.new.count == 1)
  }
}
