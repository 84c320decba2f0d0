import Testing

@testable import PairBuilder

@Suite struct RankedCandidateTests {
  private static func entry(_ candidate: Int, _ score: Double, _ length: Double) -> RankedCandidate
  {
    RankedCandidate(candidate: candidate, score: score, length: length)
  }

  @Test(arguments: [
    (entry(1, 2, 9), entry(0, 1, 1)),  // the higher score
    (entry(1, 2, 5), entry(0, 2, 6)),  // of equal scores the shorter
    (entry(0, 2, 5), entry(1, 2, 5)),  // of equal lengths the earlier
    (entry(1, 0, 1), entry(0, -0.0, 2)),
    (entry(1, -1, 9), entry(0, -2, 1)),
  ])
  func ranksBefore(first: RankedCandidate, second: RankedCandidate) {
    #expect(first.ranksBefore(second))
    #expect(!second.ranksBefore(first))
    #expect(!first.ranksBefore(first))
  }
}
