import TestSupport
import Testing

@testable import Calibrate

@Suite struct WithinPromptTests {
  /// Hard prompts are answered at length and scored low, while a longer answer scores higher.
  struct Opposed {
    var coded: Coded
    var prompts: [UInt32] = []
    var rewards: [Double] = []
    var lengths: [Double] = []
    let promptCount = 400

    /// Quality has nothing to do with length, so without its bias the reward has not either.
    static func bias(_ length: Double) -> Double { length / 250 - 2e-7 * length * length }

    init(seed: UInt64) {
      var random = SeededRandom(seed: seed)
      for prompt in 0..<promptCount {
        let center = Double.random(in: 400...3000, using: &random)
        for _ in 0..<8 {
          let length = max(20, ((center + 250 * random.normal()) / 20).rounded() * 20)
          prompts.append(UInt32(prompt))
          lengths.append(length)
          rewards.append(Self.bias(length) - center / 80 + 0.5 * random.normal())
        }
      }
      coded = Coded(lengths)
    }

    func fit(_ scope: BiasScope) -> [FittedCurve] {
      SequentialCalibration.fit(
        [.init(name: "chars", levels: coded.levels, codes: coded.codes)], rewards: rewards,
        prompts: PromptColumn(codes: prompts, count: promptCount),
        method: LocalRegressionMethod(.init()), scope: scope)
    }

    func correlation(of values: some RandomAccessCollection<Double>) -> Double {
      Spearman.meanWithinPrompt(coded.sample(Array(values)), prompts: prompts).mean ?? .nan
    }

    func scores(_ fit: [FittedCurve]) -> [Double] {
      Array(
        Calibrator(curves: fit.map(\.curve), levels: [coded.levels])
          .scores(of: rewards, codes: [coded.codes]))
    }
  }

  @Test(arguments: UInt64(1)...2)
  func findsTheBiasThatPromptEffectsHide(seed: UInt64) throws {
    let data = Opposed(seed: seed)
    let global = data.fit(.global)
    let within = data.fit(.withinPrompt(.init()))
    let before = data.correlation(of: data.rewards)
    let after = data.correlation(of: data.scores(within))
    let afterGlobal = data.correlation(of: data.scores(global))
    #expect(before > 0.6)
    #expect(abs(after) < 0.05, "within_prompt leaves \(after)")
    #expect(afterGlobal > before, "global leaves \(afterGlobal)")

    let convergence = try #require(within.first?.convergence)
    #expect(convergence.hasConverged && convergence.rounds < 120, "\(convergence.rounds) rounds")
    #expect(convergence.informativePrompts == data.promptCount)
    // The curve itself, but for the constant, where it is supported.
    let curve = within[0].curve
    let offset = try #require(curve.bias(at: 1500)) - Opposed.bias(1500)
    for length in stride(from: 700.0, through: 2700, by: 250) {
      let bias = try #require(curve.bias(at: length))
      #expect(abs(bias - offset - Opposed.bias(length)) < 0.25, "at \(length)")
    }
    let scores = data.scores(within)
    #expect(abs(scores.reduce(0, +) / Double(scores.count)) < 1e-9)
  }

  /// A power of two changes no digit, not even where squares of the rewards are no numbers.
  @Test(arguments: [-900, 900])
  func unitsOfRewardsDoNotMatter(exponent: Int) throws {
    var data = Opposed(seed: 1)
    let usual = data.fit(.withinPrompt(.init()))[0]
    let unit = Double(sign: .plus, exponent: exponent, significand: 1)
    data.rewards = data.rewards.map { $0 * unit }
    let other = data.fit(.withinPrompt(.init()))[0]
    #expect(other.convergence?.hasConverged == true)
    #expect(other.curve.knots.map(\.bias) == usual.curve.knots.map { $0.bias.map { $0 * unit } })
  }

  @Test func lonelyAndUniformPromptsTakeNoPart() throws {
    let data = Opposed(seed: 3)
    let alone = data.fit(.withinPrompt(.init()))
    var more = data
    var random = SeededRandom(seed: 4)
    for number in 0..<500 {
      let pair = (number - 300) / 2
      more.prompts.append(UInt32(number < 300 ? 400 + number : 700 + pair))
      more.lengths.append(number < 300 ? 900 : Double(pair) / 200)
      more.rewards.append(100 * random.normal())
    }
    more.coded = Coded(more.lengths)
    let fit = SequentialCalibration.fit(
      [.init(name: "chars", levels: more.coded.levels, codes: more.coded.codes)],
      rewards: more.rewards, prompts: PromptColumn(codes: more.prompts, count: 800),
      method: LocalRegressionMethod(.init()), scope: .withinPrompt(.init()))
    #expect(fit[0].convergence == alone[0].convergence)
    let first = try #require(fit[0].curve.knots[0].bias)
    let shift = first - (try #require(alone[0].curve.knots[0].bias))
    for (knot, expected) in zip(fit[0].curve.knots, alone[0].curve.knots) {
      #expect(knot.length == expected.length && knot.candidates == expected.candidates)
      #expect(isClose(try #require(knot.bias), try #require(expected.bias) + shift, 1e-12))
    }
    // A length that only lone candidates have is looked up like any other.
    #expect(fit[0].curve.bias(at: 0.25) == fit[0].curve.knots[0].bias)
  }

  @Test func takesAllTogetherWithoutAnythingToCompare() {
    let fit = SequentialCalibration.fit(
      [.init(name: "chars", levels: [3.0, 4], codes: [0, 1] as [UInt32])], rewards: [1.0, 2],
      prompts: PromptColumn(codes: [0, 1] as [UInt32], count: 2),
      method: LocalRegressionMethod(.init()), scope: .withinPrompt(.init()))
    #expect(fit[0].convergence?.informativePrompts == 0)
    #expect(fit[0].curve.knots.map(\.bias) == [1, 2])
  }

  @Test func alsoAveragesWithinPrompts() {
    let data = Opposed(seed: 6)
    let fit = SequentialCalibration.fit(
      [.init(name: "chars", levels: data.coded.levels, codes: data.coded.codes)],
      rewards: data.rewards, prompts: PromptColumn(codes: data.prompts, count: data.promptCount),
      method: MeanMethod(.init()), scope: .withinPrompt(.init()))
    #expect(fit[0].curve.knots.contains { $0.bias == nil })
    #expect(abs(data.correlation(of: data.scores(fit))) < 0.1)
  }
}
