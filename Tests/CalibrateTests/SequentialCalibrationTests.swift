import TestSupport
import Testing

@testable import Calibrate

@Suite struct SequentialCalibrationTests {
  let chars: Coded
  let markdown: Coded
  let rewards: [Double]
  let prompts: [UInt32]

  init() {
    var random = SeededRandom(seed: 11)
    let lengths = (0..<600).map { _ in Double(Int.random(in: 1...90, using: &random)) }
    let marks = lengths.map { _ in Double(Int.random(in: 0...12, using: &random)) }
    chars = Coded(lengths)
    markdown = Coded(marks)
    rewards = zip(lengths, marks).enumerated().map { index, pair in
      index == 7 ? .nan : 0.03 * pair.0 + 0.4 * pair.1 + random.normal()
    }
    prompts = lengths.indices.map { UInt32($0 / 4) }
  }

  func fit(_ method: any BiasMethod) -> [FittedCurve] {
    SequentialCalibration.fit(
      [
        .init(name: "chars", alpha: 0.7, levels: chars.levels, codes: chars.codes),
        .init(name: "markdown", alpha: 0.4, levels: markdown.levels, codes: markdown.codes),
      ], rewards: rewards, prompts: PromptColumn(codes: prompts, count: 150), method: method,
      scope: .global)
  }

  func scores(_ curves: [BiasCurve]) -> [Double] {
    Array(
      Calibrator(curves: curves, levels: [chars.levels, markdown.levels])
        .scores(of: rewards, codes: [chars.codes, markdown.codes]))
  }

  @Test func removesOneAfterTheOther() {
    let parameters = Lowess.Parameters(frac: 0.5, iterations: 2)
    let result = fit(LocalRegressionMethod(parameters))
    let first = chars.spread(
      Lowess.fit(
        chars.sample(rewards), parameters: parameters
      ).fitted)
    let left = zip(rewards, first).map { $0 - 0.7 * $1 }
    let second = markdown.spread(
      Lowess.fit(
        markdown.sample(left), parameters: parameters
      ).fitted)
    let scores = scores(result.map(\.curve))
    for index in rewards.indices where index != 7 {
      #expect(isClose(scores[index], left[index] - 0.4 * second[index], 1e-13))
    }
    #expect(scores[7].isNaN)
    #expect(result.map(\.curve.characteristic) == ["chars", "markdown"])
    #expect(result.map(\.curve.alpha) == [0.7, 0.4])
    #expect(result[1].curve.knots.reduce(0) { $0 + $1.candidates } == 599)
  }

  @Test func penaltyNeedsNoRewards() {
    let result = fit(LengthPenalty(coefficient: 0.01))
    let scores = scores(result.map(\.curve))
    for index in rewards.indices where index != 7 {
      let length = chars.levels[Int(chars.codes[index])]
      let marks = markdown.levels[Int(markdown.codes[index])]
      let expected = rewards[index] - 0.007 * length - 0.004 * marks
      #expect(isClose(scores[index], expected, 1e-13))
    }
  }

  @Test func noCurveLeavesRewardsAsTheyAre() {
    let scores = scores([])
    #expect(scores.indices.allSatisfy { scores[$0] == rewards[$0] || $0 == 7 })
  }

  @Test func candidatesWithoutABiasHaveNoScore() {
    let result = fit(MeanMethod(.init(ratio: 40, minimumCount: 8)))
    #expect(result.compactMap(\.radius).count == 2)
    let missing = Set(
      result[0].curve.knots.filter { $0.bias == nil }.map(\.length))
    #expect(!missing.isEmpty)
    let scores = scores(result.map(\.curve))
    for index in rewards.indices
    where missing.contains(chars.levels[Int(chars.codes[index])]) {
      #expect(scores[index].isNaN)
    }
    #expect(scores.count { !$0.isNaN } > 100)
    // The second fit has not seen them.
    let seen = result[1].curve.knots.reduce(0) { $0 + $1.candidates }
    #expect(seen < 599)
  }
}
