// Brings in libm.
import Glibc
import TestSupport
import Testing

@testable import Calibrate

@Suite struct ReplicatesTests {
  /// Answers to prompts of their own levels, where the longer are answered at length.
  private struct Answers {
    var x: [Double] = []
    var y: [Double] = []
    var prompts: [UInt32] = []
    let groups: [UInt8]

    init(
      prompts count: Int, lengths: Int, seed: UInt64,
      bias: (Double) -> Double = { 0.2 * $0 }
    ) {
      var random = SeededRandom(seed: seed)
      groups = (0..<count).map { _ in Jackknife.group(ofPrompt: random.next()) }
      for prompt in 0..<count {
        let center = random.below(lengths)
        for _ in 0..<5 {
          let length = Double((center + random.below(lengths)) / 2)
          x.append(length)
          y.append(
            bias(length) - 0.3 * Double(center) + 0.3 * random.normal() * (1 + 0.02 * length))
          prompts.append(UInt32(prompt))
        }
      }
    }

    /// - Parameter rewards: By candidate, nil for its own.
    func fit(
      _ method: any BiasMethod, _ scope: BiasScope, without group: UInt8? = nil,
      rewards: [Double]? = nil
    ) -> FittedBias {
      let values = zip(rewards ?? y, prompts).map { groups[Int($1)] == group ? .nan : $0 }
      return method.fit(
        Coded(x).sample(values),
        prompts: PromptColumn(
          codes: prompts, count: groups.count, groups: group == nil ? groups : nil),
        scope: scope, threads: 1)
    }
  }

  /// Refits in lanes against fits of the data that is left, which have windows and scales of their
  /// own.
  @Test(arguments: [0, 3], [BiasScope.global, .withinPrompt(.init())])
  func agreeWithFitsOfWhatIsLeft(iterations: Int, scope: BiasScope) throws {
    let answers = Answers(prompts: 120, lengths: 60, seed: 5)
    let method = LocalRegressionMethod(.init(frac: 0.4, iterations: iterations))
    let whole = answers.fit(method, scope)
    let replicates = try #require(whole.replicates)
    func curve(_ bias: FittedBias) -> BiasCurve {
      BiasCurve(characteristic: "", alpha: 1, shape: bias.shape)
    }
    let others = (0..<UInt8(Jackknife.groupCount)).map {
      curve(answers.fit(method, scope, without: $0))
    }
    for length in [12.0, 20, 40, 48] {
      func above(_ curve: BiasCurve) throws -> Double {
        try #require(curve.bias(at: length)) - (try #require(curve.bias(at: replicates.median)))
      }
      let expected = Jackknife.standardError(
        try above(curve(whole)), without: try others.map(above), sizes: replicates.sizes)
      let difference = replicates.bias(at: length) - replicates.bias(at: replicates.median)
      let ours = Jackknife.standardError(
        difference[Lanes.all], without: others.indices.map { difference[$0] },
        sizes: replicates.sizes)
      #expect(abs(ours / expected - 1) < 0.2, "\(length): \(ours), \(expected)")
    }
  }

  /// The correction against fits of the data that is left, whose rewards are then what the curves
  /// say.
  @Test(arguments: [BiasScope.global, .withinPrompt(.init())])
  func givesBackWhatSmoothingTakes(scope: BiasScope) throws {
    let answers = Answers(prompts: 120, lengths: 60, seed: 7) { 2 * sin($0 / 9) }
    // With a window over everything, which is the same whatever is left out.
    let method = LocalRegressionMethod(.init(frac: 1, iterations: 0))
    let replicates = try #require(answers.fit(method, scope).replicates)
    func curve(without group: UInt8?) throws -> (fitted: [Double], corrected: [Double]) {
      func smooth(_ rewards: [Double]?) throws -> [Double] {
        let fit = answers.fit(method, scope, without: group, rewards: rewards)
        let curve = BiasCurve(characteristic: "", alpha: 1, shape: fit.shape)
        return try answers.x.map { try #require(curve.bias(at: $0)) }
      }
      let fitted = try smooth(nil)
      var corrected = fitted
      for _ in 0..<2 {
        let again = try smooth(corrected)
        for index in corrected.indices { corrected[index] += fitted[index] - again[index] }
      }
      return (fitted, corrected)
    }
    let whole = try curve(without: nil)
    let others = try (0..<UInt8(Jackknife.groupCount)).map { try curve(without: $0).corrected }
    let middle = try #require(answers.x.firstIndex(of: replicates.median))
    for length in [12.0, 20, 40, 48] {
      let place = try #require(answers.x.firstIndex(of: length))
      func above(_ curve: [Double]) -> Double { curve[place] - curve[middle] }
      let expected = Jackknife.standardError(
        above(whole.corrected), without: others.map(above), sizes: replicates.sizes)
      let ours = replicates.deviation(at: length)
      #expect(abs(ours.standardError / expected - 1) < 0.05, "\(length): \(ours), \(expected)")
      let smoothing = above(whole.fitted) - above(whole.corrected)
      #expect(abs(ours.smoothing - smoothing) < 0.01 * abs(smoothing) + 1e-3)
      #expect(abs(smoothing) > 0.05 || length == 20, "\(length): \(smoothing)")
    }
  }

  @Test func averagesHaveReplicatesToo() throws {
    let answers = Answers(prompts: 100, lengths: 60, seed: 6)
    let method = MeanMethod(.init(ratio: 4, minimumCount: 5))
    let whole = answers.fit(method, .global)
    let replicates = try #require(whole.replicates)
    let curve = BiasCurve(characteristic: "", alpha: 1, shape: whole.shape)
    for length in [20.0, 30, 40] {
      let expected = try #require(curve.bias(at: length))
      #expect(isClose(replicates.bias(at: length)[Lanes.all], expected, 1e-9))
    }
  }

  /// Of a mean the jackknife gives the usual standard error, whatever the sizes of the groups.
  @Test func equalsTheStandardErrorOfAMean() {
    var random = SeededRandom(seed: 3)
    let sizes = (0..<20).map { _ in 40 + random.below(20) }
    let groups = sizes.map { size in (0..<size).map { _ in random.normal() } }
    let total = Double(sizes.reduce(0, +))
    let sum = groups.flatMap { $0 }.reduce(0, +)
    let ours = Jackknife.standardError(
      sum / total,
      without: groups.map { (sum - $0.reduce(0, +)) / (total - Double($0.count)) }, sizes: sizes)
    #expect(abs(ours * total.squareRoot() - 1) < 0.35)
    // Groups of one are the textbook's.
    let values = groups[0]
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let count = Double(values.count)
    let single = Jackknife.standardError(
      mean, without: values.map { (mean * count - $0) / (count - 1) },
      sizes: values.map { _ in 1 })
    #expect(isClose(single, (squares / (count - 1) / count).squareRoot(), 1e-12))
    #expect(Jackknife.standardError(1, without: [1, 1], sizes: [3, 0]).isNaN)
    #expect(Jackknife.halfWidth(groups: sizes) == 2.093024)
  }
}
