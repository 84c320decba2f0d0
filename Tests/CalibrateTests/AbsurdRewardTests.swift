import Foundation
import TestSupport
import Testing

@testable import Calibrate

/// Rewards that stand for a failed judgement, and rewards that lie far from zero.
@Suite struct AbsurdRewardTests {
  private typealias Opposed = WithinPromptTests.Opposed

  private static let scopes: [BiasScope] = [.global, .withinPrompt(.init())]

  private static func bias(_ data: Opposed, _ scope: BiasScope) -> [Double?] {
    let curve = data.fit(scope)[0].curve
    return data.coded.levels.sorted().map(curve.bias)
  }

  /// The largest difference of two curves.
  private static func distance(_ first: [Double?], _ second: [Double?]) -> Double {
    zip(first, second).reduce(0) { largest, pair in
      guard let first = pair.0, let second = pair.1 else {
        return (pair.0 == nil) == (pair.1 == nil) ? largest : .infinity
      }
      let distance = abs(first - second)
      return distance.isNaN ? .infinity : max(largest, distance)
    }
  }

  /// Whatever number it is, and wherever it stands, the curve is that of the other rewards.
  @Test(
    arguments: [-1e6, -1e12, 1e30, -3.4e38, 1.7e308, -1.7e308], scopes)
  func absurdRewardsAreAsIfTheyWereNotThere(reward: Double, scope: BiasScope) {
    var with = Opposed(seed: 7)
    var without = with
    // One alone, two of a prompt, half of a prompt, and all of one.
    for candidate in [3, 800, 801] + Array(1600..<1604) + Array(2400..<2408) {
      with.rewards[candidate] = reward
      without.rewards[candidate] = .nan
    }
    let fitted = with.fit(scope)[0]
    #expect(fitted.absurdRewards == 15)
    #expect(fitted.convergence?.hasConverged ?? true)
    #expect(Self.distance(Self.bias(with, scope), Self.bias(without, scope)) < 1e-9)
  }

  /// Prompts may lie so far apart that only the other answers tell what is absurd.
  @Test func aPromptOfItsOwnLevelTellsWhatIsAbsurdInIt() {
    var with = Opposed(seed: 8)
    for candidate in with.rewards.indices { with.rewards[candidate] += 1e5 * Double(candidate / 8) }
    var without = with
    for candidate in [5, 1111, 2222] {
      with.rewards[candidate] += 1e6
      without.rewards[candidate] = .nan
    }
    let scope = BiasScope.withinPrompt(.init())
    #expect(with.fit(scope)[0].absurdRewards == 3)
    let (first, second) = (Self.bias(with, scope), Self.bias(without, scope))
    #expect(Self.distance(first, second) < 1e-6)
  }

  /// Neither are the rewards of a judge that mostly gives the same, nor those with long tails.
  @Test(arguments: scopes) func oddRewardsAreNotAbsurd(scope: BiasScope) {
    var random = SeededRandom(seed: 9)
    let usual = Opposed(seed: 9)
    let kinds: [(Double) -> Double] = [
      { $0 > -20 ? 1 : 0 },
      { _ in random.below(50) == 0 ? 1 : 1e-3 * random.normal() },
      // Student's t with two degrees of freedom.
      { _ in random.normal() / (-log(Double.random(in: 1e-9..<1, using: &random))).squareRoot() },
    ]
    for kind in kinds {
      var data = usual
      data.rewards = usual.rewards.map(kind)
      #expect(data.fit(scope)[0].absurdRewards == 0)
    }
  }

  /// An offset costs no more than the digits that it has before the point.
  @Test(arguments: [1e6, -1e9, 1e12], scopes)
  func offsetsCostNoMoreThanTheirDigits(offset: Double, scope: BiasScope) throws {
    var data = Opposed(seed: 10)
    // So that rewards are the same numbers with the offset.
    data.rewards = data.rewards.map { ($0 * 1024).rounded() / 1024 }
    let usual = Self.bias(data, scope)
    let scores = data.scores(data.fit(scope))
    data.rewards = data.rewards.map { $0 + offset }
    let fit = data.fit(scope)
    let raised = Self.bias(data, scope).map { $0.map { $0 - offset } }
    #expect(Self.distance(raised, usual) <= offset.magnitude.ulp + 1e-6)
    let others = data.scores(fit)
    #expect(zip(scores, others).allSatisfy { abs($0 - $1) <= offset.magnitude.ulp + 1e-6 })
    // Differences that are larger are no noise of the fit.
    #expect(fit[0].precision <= max(1e-5, offset.magnitude.ulp))
  }

  @Test func theSpreadIsThatOfMostRewards() {
    let rewards = (0..<100).map { Double($0 % 10) } + [-1e12]
    let spread = RewardSpread(of: rewards)
    #expect(spread.median == 4)
    #expect(spread.halfDeviation == 2.5)
    #expect(spread.halfBound < .infinity)
    #expect(spread.offset == 0)
    #expect(RewardSpread(of: rewards.map { $0 + 1e6 }).offset.magnitude > 9e5)
    #expect(RewardSpread(of: [Double]()).offset == 0)
    #expect(RewardSpread(of: [3.0, 3, 3]).offset == 3)
    #expect(RewardSpread(of: [Double.nan]).halfBound == .infinity)
    for pair in [
      [1.7e308, -1.7e308], [Double.leastNonzeroMagnitude, -.leastNonzeroMagnitude],
      [1e-300, 1e300],
    ] {
      #expect(RewardSpread(of: pair).offset.isFinite)
    }
  }

  @Test func momentsOfTheLargestNumbers() {
    let numbers = (0..<40).map { Double($0 * $0 % 23) }
    var (usual, large) = (StreamingMoments(), StreamingMoments())
    for number in numbers {
      usual.add(number)
      large.add(number * 0x1p1000)
    }
    #expect(large.standardDeviation == usual.standardDeviation * 0x1p1000)
    #expect(large.mean == usual.mean * 0x1p1000)
    var small = usual
    small.merge(large)
    var whole = usual
    for number in numbers { whole.add(number * 0x1p1000) }
    #expect(abs(small.standardDeviation / whole.standardDeviation - 1) < 1e-12)
    #expect(StreamingMoments.cohensD(large, usual).map { $0 > 0 && $0.isFinite } == true)
  }
}
