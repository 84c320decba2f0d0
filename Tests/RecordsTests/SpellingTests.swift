import Testing

@testable import Records

@Suite struct SpellingTests {
  @Test(arguments: [
    ("frac", "frac", 0), ("farc", "frac", 1), ("frak", "frac", 1), ("fra", "frac", 1),
    ("", "frac", 4), ("kitten", "sitting", 3), ("FRAC", "frac", 0), ("max-chars", "max_chars", 0),
  ])
  func distanceCountsEdits(first: String, second: String, expected: Int) {
    #expect(Spelling.distance(from: first, to: second) == expected)
    #expect(Spelling.distance(from: second, to: first) == expected)
  }

  @Test func nearestIsTheFirstOfTheNearest() {
    #expect(Spelling.nearest(to: "min_char", among: ["max_chars", "min_chars"]) == "min_chars")
    #expect(Spelling.nearest(to: "ab", among: ["ac", "bb"]) == "ac")
  }

  @Test func nothingIsNearToAnUnrelatedName() {
    #expect(Spelling.nearest(to: "colour", among: ["frac", "scope", "method"]) == nil)
    #expect(Spelling.nearest(to: "x", among: []) == nil)
  }
}
