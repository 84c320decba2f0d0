import Foundation
import TestSupport
import Testing

@testable import Calibrate

@Suite struct LabelTests {
  /// Labels by a judge who sees the reward less a part of the bias.
  private static func labels(
    _ count: Int, alpha: Double, slope: Double = 1, perPrompt: Int = 1,
    using random: inout SeededRandom
  ) -> [LabelledDifference] {
    (0..<count).map { number in
      let bias = random.normal()
      let reward = bias + random.normal()
      let odds = slope * (reward - alpha * bias)
      let isBetter = Double(random.next() >> 11) * 0x1p-53 < 1 / (1 + exp(-odds))
      return LabelledDifference(
        reward: isBetter ? reward : -reward, bias: isBetter ? bias : -bias,
        prompt: number / perPrompt, group: UInt8(number / perPrompt % 20))
    }
  }

  /// In the simulations that the documentation tells of an interval covers as often as it says.
  @Test(arguments: [
    (0.0, 150, 1, 1.0), (0.5, 150, 1, 1), (1, 150, 1, 1), (1.5, 150, 1, 1), (0.5, 200, 4, 1),
    (1, 100, 1, 3), (1, 150, 1, 0.4),
  ])
  func intervalsOfAlphaCover(alpha: Double, count: Int, perPrompt: Int, slope: Double) throws {
    var random = SeededRandom(seed: 17)
    var (covered, unbounded, missing) = (0, 0, 0)
    let rounds = 200
    for _ in 0..<rounds {
      let pairs = Self.labels(
        count, alpha: alpha, slope: slope, perPrompt: perPrompt, using: &random)
      guard let estimate = try? AlphaEstimate(pairs) else {
        missing += 1
        continue
      }
      if let interval = estimate.interval {
        if interval.contains(alpha) { covered += 1 }
        #expect(interval.contains(estimate.alpha))
      } else {
        unbounded += 1
      }
    }
    let share = Double(covered + unbounded) / Double(rounds - missing)
    #expect(share >= 0.92, "covered \(covered), without bounds \(unbounded)")
    // Where labels are worth something they say so: the test above cannot pass by silence.
    if slope >= 1 { #expect(covered > unbounded * 4, "\(covered) and \(unbounded)") }
    #expect(missing <= rounds / 100)
  }

  /// Units of rewards and biases do not matter, and alpha is in units of one over the other.
  @Test func scalesDoNotMatter() throws {
    var random = SeededRandom(seed: 5)
    let pairs = Self.labels(150, alpha: 0.7, using: &random)
    let plain = try AlphaEstimate(pairs)
    let scaled = try AlphaEstimate(
      pairs.map {
        LabelledDifference(
          reward: $0.reward * 1e6, bias: $0.bias * 1e-3, prompt: $0.prompt, group: $0.group)
      })
    #expect(abs(scaled.alpha / plain.alpha / 1e9 - 1) < 1e-9)
    let (one, other) = (try #require(plain.interval), try #require(scaled.interval))
    #expect(abs(other.lowerBound / one.lowerBound / 1e9 - 1) < 1e-9)
    #expect(abs(other.upperBound / one.upperBound / 1e9 - 1) < 1e-9)
  }

  @Test func whatLabelsDoNotTellIsAFailure() {
    var random = SeededRandom(seed: 9)
    let pairs = Self.labels(60, alpha: 0.5, using: &random)
    func failure(_ pairs: [LabelledDifference]) -> AlphaEstimate.Failure? {
      do throws(AlphaEstimate.Failure) {
        _ = try AlphaEstimate(pairs)
        return nil
      } catch {
        return error
      }
    }
    func mapped(_ change: (inout LabelledDifference) -> Void) -> [LabelledDifference] {
      pairs.map {
        var pair = $0
        change(&pair)
        return pair
      }
    }
    #expect(failure(pairs) == nil)
    #expect(failure([]) == .tooFew)
    #expect(failure(mapped { $0.prompt %= 9 }) == .tooFew)
    #expect(failure(mapped { $0.bias = 0 }) == .collinear)
    #expect(failure(mapped { $0.bias = $0.reward * 2 }) == .collinear)
    #expect(failure(mapped { $0.reward = abs($0.reward) }) == .separated)
    // A label on the line between the sides changes nothing: still no maximum.
    #expect(
      failure(mapped { if $0.prompt == 0 { $0.reward = 0 } else { $0.reward = abs($0.reward) } })
        == .separated)
    #expect(failure(mapped { ($0.reward, $0.bias) = (-$0.reward, -$0.bias) }) == .opposed)
  }

  /// Where calibration changes nothing the interval still has a width, and one of gains alone lies
  /// above 0.
  @Test func intervalsOfTheGain() throws {
    let still = LabelAccuracy((0..<100).map { ($0, 1, 1) })
    let width = try #require(still.interval)
    #expect(width.contains(0) && width.upperBound > 0.005 && width.upperBound < 0.05)
    let gains = LabelAccuracy((0..<100).map { ($0, 0, $0 < 30 ? 1 : 0) })
    let interval = try #require(gains.interval)
    #expect(gains.after == 0.3 && interval.lowerBound > 0.15 && interval.upperBound < 0.45)
    // The same labels many times over of the same prompts are no more evidence.
    let repeated = LabelAccuracy((0..<1000).map { ($0 % 100, 0, $0 % 100 < 30 ? 1 : 0) })
    let wide = try #require(repeated.interval)
    #expect(
      abs((wide.upperBound - wide.lowerBound) - (interval.upperBound - interval.lowerBound)) < 0.02)
    #expect(LabelAccuracy([(0, 1, 0)]).interval == nil)
  }

  /// With the estimate from the same labels the accuracy is one of labels that were left out.
  @Test func anEstimateIsNotJudgedByItsOwnLabels() throws {
    var random = SeededRandom(seed: 3)
    var (own, heldOut) = (0.0, 0.0)
    for _ in 0..<60 {
      // Without any signal in the bias, removing what the labels tell can only look good.
      let pairs = Self.labels(40, alpha: 0, slope: 0.5, using: &random)
      guard let estimate = try? AlphaEstimate(pairs) else { continue }
      let judged = LabelJudgement(pairs, others: [], raw: pairs.map(\.reward), alpha: nil)
      guard let accuracy = judged.accuracy else { continue }
      #expect(judged.isHeldOut)
      let credits = pairs.reduce(0) { $0 + $1.credit(alpha: estimate.usedAlpha) }
      own += credits / Double(pairs.count)
      heldOut += accuracy.after
    }
    #expect(heldOut < own)
  }

  /// The quantiles of scipy.stats.t.ppf(0.975, n).
  @Test(arguments: [
    (1, 12.706204736432095), (19, 2.093024054408263), (20, 2.0859634472658364),
    (30, 2.0422724563012373), (99, 1.9842169515086827), (1000, 1.9623390808264078),
  ])
  func quantilesAreThoseOfScipy(degrees: Int, quantile: Double) {
    #expect(abs(StudentT.upperQuantile(degrees: degrees) - quantile) < 2e-6)
  }
}
