import Testing

@testable import PairBuilder

@Suite struct TiedEndsTests {
  @Test func endsAreCountedApart() {
    var (ties, halves) = (TiedEnds(), [TiedEnds(), TiedEnds()])
    for scores in [[1], [1, 2], [2, 2, 1], [2, 1, 1], [1, 1], [3, 2, 2, 1], []] as [[Double]] {
      let candidates = scores.map { RankedCandidate(candidate: 0, score: $0, length: 1) }
      ties.add(candidates)
      halves[scores.count % 2].add(candidates)
    }
    halves[0].merge(halves[1])
    #expect(halves[0] == ties)
    #expect(ties.prompts == 5)
    #expect(ties.tiedTops == 2)
    #expect(ties.tiedBottoms == 2)
    #expect(ties.tied == 3)
    #expect(ties.share == 0.6)
    #expect(TiedEnds().share == nil)
  }
}
