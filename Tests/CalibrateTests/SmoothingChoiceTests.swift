import TestSupport
import Testing

@testable import Calibrate

@Suite struct SmoothingChoiceTests {
  private static func choice(
    _ x: [Double], _ y: [Double], answers: Int = 1, scope: BiasScope = .global
  ) -> SmoothingChoice {
    let count = x.count / answers
    var random = SeededRandom(seed: 99)
    let groups = (0..<count).map { _ in Jackknife.group(ofPrompt: random.next()) }
    return SmoothingChoice(
      Coded(x).sample(y),
      prompts: PromptColumn(codes: x.indices.map { UInt32($0 / answers) }, count: count),
      groups: groups, scope: scope)
  }

  /// More wiggles need a narrower window, a straight line the widest.
  @Test func followsTheShapeOfTheData() {
    var random = SeededRandom(seed: 12)
    func frac(_ truth: (Double) -> Double) -> Double {
      let x = (0..<1500).map { _ in Double(10 * random.below(100)) }
      return Self.choice(x, x.map { truth($0) + random.normal() }).frac
    }
    #expect(frac { 0.01 * $0 } >= 0.6)
    #expect(frac { 10 * ($0 / 500 - 1) * ($0 / 500 - 1) * ($0 / 500 - 1) } <= 0.4)
    #expect(frac { Int($0 / 50).isMultiple(of: 2) ? 3 : -3 } == 0.05)
  }

  /// What answers to one prompt share is not taken for the shape of the curve.
  @Test(arguments: [BiasScope.global, .withinPrompt(.init())])
  func doesNotFollowThePrompts(scope: BiasScope) {
    var fracs: [Double] = []
    for seed in 1...4 {
      var random = SeededRandom(seed: UInt64(seed))
      var (x, y): ([Double], [Double]) = ([], [])
      for _ in 0..<60 {
        let center = 200 + Double(random.below(800))
        let level = 2 * random.normal()
        for _ in 0..<8 {
          let length = ((center + 30 * random.normal()) / 20).rounded() * 20
          x.append(length)
          y.append(0.002 * length + level + 0.3 * random.normal())
        }
      }
      fracs.append(Self.choice(x, y, answers: 8, scope: scope).frac)
    }
    #expect(fracs.sorted()[2] >= 0.5, "\(fracs)")
  }

  @Test func constantRewardsTakeTheSmoothest() {
    let x = (0..<100).map(Double.init)
    let choice = Self.choice(x, x.map { _ in 3 })
    #expect(choice.frac == 1 && choice.isAtEdge)
    #expect(choice.asGood == 0.05...1)
    #expect(Self.choice(x, x.map { _ in .nan }).frac == 1)
  }
}
