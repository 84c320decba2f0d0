import Testing

@testable import PairBuilder

@Suite struct TiedEndsTests {
  @Test func endsAreCountedApart() {
    var ties = TiedEnds()
    for scores in [[1], [1, 2], [2, 2, 1], [2, 1, 1], [1, 1], [3, 2, 2, 1], []] as [[Double]] {
      ties.add(scores.map { Contender(candidate: 0, score: $0, length: 1) })
    }
    #expect(ties.prompts == 5)
    #expect(ties.tiedTops == 2)
    #expect(ties.tiedBottoms == 2)
    #expect(ties.tied == 3)
    #expect(ties.share == 0.6)
    #expect(TiedEnds().share == nil)
  }
}
