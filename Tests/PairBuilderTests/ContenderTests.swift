import Testing

@testable import PairBuilder

@Suite struct ContenderTests {
  private static func contender(_ candidate: Int, _ score: Double, _ length: Double) -> Contender {
    Contender(candidate: candidate, score: score, length: length)
  }

  @Test(arguments: [
    (contender(1, 2, 9), contender(0, 1, 1)),  // the higher score
    (contender(1, 2, 5), contender(0, 2, 6)),  // of equal scores the shorter
    (contender(0, 2, 5), contender(1, 2, 5)),  // of equal lengths the earlier
    (contender(1, 0, 1), contender(0, -0.0, 2)),
    (contender(1, -1, 9), contender(0, -2, 1)),
  ])
  func ranksBefore(first: Contender, second: Contender) {
    #expect(first.ranksBefore(second))
    #expect(!second.ranksBefore(first))
    #expect(!first.ranksBefore(first))
  }
}
