import Calibrate
import Testing

@Suite struct RewardTransformTests {
  private func transformed(_ rewards: [Double], _ transform: RewardTransform) -> [Double] {
    var rewards = rewards
    transform.apply(to: &rewards)
    return rewards
  }

  @Test func ranksAreFractionsAndTiesShareTheirMean() {
    #expect(transformed([3, -1, 3, 7], .rank) == [0.5, 0.125, 0.5, 0.875])
    #expect(transformed([0, -0.0], .rank) == [0.5, 0.5])
    #expect(transformed([5], .rank) == [0.5])
    #expect(transformed([], .rank) == [])
  }

  @Test func zscoresStandAnyNumbers() {
    #expect(transformed([0.1, 0.1, 0.1], .zscore) == [0, 0, 0])
    #expect(transformed([7], .zscore) == [0])
    let far = transformed([1e308, -1e308, 1e308, -1e308], .zscore)
    #expect(far == [1, -1, 1, -1])
    #expect(transformed([.leastNonzeroMagnitude, 0], .zscore) == [1, -1])
    // Neighbouring numbers, of which the mean is none.
    #expect(transformed([1, 1.0.nextUp], .zscore) == [-1, 1])
    let unit = transformed([1, 2, 3, 4, 10], .zscore)
    #expect(abs(unit.reduce(0, +)) < 1e-15)
    #expect(abs(unit.reduce(0) { $0 + $1 * $1 } - 5) < 1e-14)
  }

  @Test func logitsAreClippedAndMayRunBackwards() {
    let logits = transformed([0, 0.5, 1, 0.2, -0.0, -1, -0.2], .logit(clip: 0.01))
    #expect(logits[1] == 0)
    #expect(abs(logits[2] - 4.59511985013459) < 1e-13)
    #expect(abs(logits[3] + 1.386294361119891) < 1e-15)
    #expect(abs(logits[0] + logits[2]) < 1e-13)
    #expect(logits[4] == -logits[0])
    #expect(logits[5] == -logits[2])
    #expect(logits[6] == -logits[3])
  }
}
