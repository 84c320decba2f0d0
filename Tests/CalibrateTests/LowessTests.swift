import TestSupport
import Testing

@testable import Calibrate

@Suite struct LowessTests {
  static func fit(
    _ x: [Double], _ y: [Double], frac: Double = 0.3, iterations: Int = 3
  ) -> [Double] {
    let coded = Coded(x)
    return coded.spread(
      Lowess.fit(
        coded.sample(y),
        parameters: .init(frac: frac, iterations: iterations)
      ).fitted)
  }

  @Test func equalsStatsmodels() {
    #expect(Golden.lowess.count > 30)
    for golden in Golden.lowess { expect(golden) }
  }

  @Test func interpolatesAsStatsmodelsDoes() {
    #expect(Golden.delta.count > 15)
    for golden in Golden.delta {
      expect(golden)
      #expect(golden.delta > 0)
    }
  }

  private func expect(_ golden: Golden.LowessCase) {
    let coded = Coded(golden.x)
    let fitted = Lowess.fit(
      coded.sample(golden.y),
      parameters: .init(
        frac: golden.frac, iterations: golden.iterations, delta: golden.delta)
    ).fitted
    #expect(!golden.fit.isEmpty, "\(golden.name)")
    for (x, value) in golden.fit {
      let ours = coded.levels.firstIndex(of: x).map { fitted[$0] } ?? .nan
      #expect(isClose(ours, value), "\(golden.name) at \(x): \(ours), statsmodels \(value)")
    }
  }

  @Test(arguments: UInt64(1)...12)
  func equalsTheNaiveFit(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let n = Int.random(in: 2...150, using: &random)
    let spread = Int.random(in: 1...60, using: &random)
    let frac = Double.random(in: 0...1, using: &random)
    let iterations = Int.random(in: 0...4, using: &random)
    let x = (0..<n).map { _ in Double(Int.random(in: 0...spread, using: &random)) }
    let y = x.map { 0.1 * $0 + random.normal() }
    let naive = NaiveLowess.fit(x: x, y: y, frac: frac, iterations: iterations)
    for (ours, expected) in zip(Self.fit(x, y, frac: frac, iterations: iterations), naive) {
      #expect(isClose(ours, expected), "n \(n), frac \(frac), iterations \(iterations)")
    }
  }

  @Test(arguments: [0, 25.0])
  func givesTheSameBitsOnAnyNumberOfThreads(delta: Double) {
    var random = SeededRandom(seed: 77)
    // Enough candidates a level that they are summed in several parts.
    let x = (0..<60_000).map { _ in Double(Int.random(in: 0...900, using: &random)) }
    let y = x.map { 0.01 * $0 + random.normal() }
    let coded = Coded(x)
    let fits = [1, 2, 3, 8].map { threads in
      Lowess.fit(
        coded.sample(y), parameters: .init(delta: delta),
        threads: threads
      ).fitted.map(\.bitPattern)
    }
    #expect(fits.allSatisfy { $0 == fits[0] })
    let correlations = [1, 2, 5].map { threads in
      Spearman.pooled(coded.sample(y), threads: threads)
    }
    #expect(correlations.allSatisfy { $0 == correlations[0] })
  }

  /// Where it would take the naive fit too long, a line at some places, summed in plain order.
  @Test(arguments: LevelWindowsTests.Shape.allCases)
  func equalsPlainSumsAtManyLevels(shape: LevelWindowsTests.Shape) {
    var random = SeededRandom(seed: 31)
    let x = Set((0..<20_000).map { _ in shape.number(using: &random) }).sorted()
    let y = x.map { _ in random.normal() }
    let fitted = Self.fit(x, y, frac: 0.3, iterations: 0)
    let k = Int(0.3 * Double(x.count) + 1e-10)
    for place in stride(from: 0, to: x.count, by: 1009) {
      var lower = 0
      while lower + k < x.count, x[place] > (x[lower] + x[lower + k]) / 2 { lower += 1 }
      let radius = max(x[place] - x[lower], x[lower + k - 1] - x[place])
      let points = (lower..<lower + k).map { ((x[$0] - x[place]) / radius, y[$0]) }
      func sum(_ term: (Double, Double) -> Double) -> Double {
        points.reduce(0) { sum, point in
          let rest = max(0, 1 - abs(point.0 * point.0 * point.0))
          return sum + rest * rest * rest * term(point.0, point.1)
        }
      }
      let weight = sum { _, _ in 1 }
      let meanX = sum { x, _ in x } / weight
      let meanY = sum { _, y in y } / weight
      let variance = sum { x, _ in (x - meanX) * (x - meanX) }
      let covariance = sum { x, y in (x - meanX) * (y - meanY) }
      let expected = meanY - meanX * covariance / variance
      #expect(isClose(fitted[place], expected, 1e-11), "\(shape) at \(x[place])")
    }
  }

  @Test(arguments: UInt64(100)...105)
  func doesNotDependOnTheOrderOfCandidates(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let x = (0..<500).map { _ in Double(Int.random(in: 0...80, using: &random)) }
    let y = x.map { $0 * 0.02 + random.normal() }
    let order = x.indices.shuffled(using: &random)
    let fitted = Self.fit(x, y)
    let shuffled = Self.fit(order.map { x[$0] }, order.map { y[$0] })
    for (place, index) in order.enumerated() {
      #expect(isClose(shuffled[place], fitted[index], 1e-12))
    }
  }

  @Test func returnsALineForALine() {
    var random = SeededRandom(seed: 3)
    let x = (0..<400).map { _ in Double(Int.random(in: 0...3000, using: &random)) }
    for frac in [0.05, 0.3, 1] {
      let fitted = Self.fit(x, x.map { 4 - 0.002 * $0 }, frac: frac)
      for (x, value) in zip(x, fitted) { #expect(isClose(value, 4 - 0.002 * x, 1e-11)) }
    }
  }

  @Test(arguments: UInt64(200)...203)
  func followsShiftAndScale(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let x = (0..<300).map { _ in Double(Int.random(in: 0...100, using: &random)) }
    let y = x.map { ($0 * 0.05) + random.normal() }
    let fitted = Self.fit(x, y)
    let shifted = Self.fit(x, y.map { $0 + 1000 })
    let scaled = Self.fit(x.map { $0 * 3 }, y.map { $0 * 1000 })
    for index in x.indices {
      #expect(isClose(shifted[index], fitted[index] + 1000, 1e-13))
      #expect(abs(scaled[index] - 1000 * fitted[index]) < 1e-9)
    }
  }

  @Test func keepsOutCandidatesWithoutReward() {
    let x = [1.0, 2, 3, 4, 5, 6, 7, 8, 99]
    let y = [1.0, 3, 2, .nan, 4, 6, 5, 7, .nan]
    let kept = x.indices.filter { !y[$0].isNaN }
    let fitted = Self.fit(x, y, frac: 0.6)
    let alone = Self.fit(kept.map { x[$0] }, kept.map { y[$0] }, frac: 0.6)
    #expect(kept.map { fitted[$0] } == alone)
    #expect(fitted[3].isNaN && fitted[8].isNaN)
  }

  @Test func isDefinedOnDegenerateData() {
    #expect(Self.fit([], []) == [])
    #expect(Self.fit([5], [2]) == [2])
    #expect(Self.fit([5], [.nan])[0].isNaN)
    #expect(Self.fit([5, 5], [2, 4]) == [3, 3])
    #expect(Self.fit([5, 9], [2, 4]) == [2, 4])
    // Three of four agree, so the residual of the fourth is not within six medians of theirs.
    #expect(Self.fit([7, 7, 7, 7], [1, 1.1, 0.9, 500], frac: 0.5).allSatisfy { $0.isFinite })
    let hundred = (0..<100).map(Double.init)
    #expect(Self.fit(hundred, hundred.map { _ in 2.5 }).allSatisfy { isClose($0, 2.5, 1e-15) })
    #expect(Self.fit(hundred, hundred, frac: 0).elementsEqual(hundred))
    #expect(Self.fit(hundred, hundred, frac: 1).allSatisfy { $0.isFinite })
  }

  @Test func weighsOutliersDownWhereAllNeighboursShareOneLength() {
    let x = [Double](repeating: 7, count: 50) + [Double](repeating: 9, count: 50)
    let y = (0..<100).map { $0 == 3 ? 1e6 : Double($0 % 5) }
    let fitted = Self.fit(x, y, frac: 0.3, iterations: 5)
    #expect(fitted[0] < 3)
    #expect(fitted[99] > 1.5 && fitted[99] < 2.5)
  }

  /// Over much of the levels no candidate keeps a weight, which must not take U² steps to find out.
  ///
  /// Most candidates are fitted exactly, so that all others lose theirs.
  @Test(.timeLimit(.minutes(1)))
  func passesOverLevelsWithoutWeight() {
    var random = SeededRandom(seed: 5)
    let x = (0..<100_000).map(Double.init)
    let y = x.map { $0 < 80_000 ? 0 : random.normal() }
    let fitted = Self.fit(x, y, frac: 0.3, iterations: 1)
    #expect(fitted[..<60_000].allSatisfy { $0 == 0 })
    // statsmodels keeps the reward of a candidate whose neighbours have no weight, too.
    #expect((90_000..<100_000).allSatisfy { fitted[$0] == y[$0] })
  }

  @Test func survivesHugeAndTinyRewards() {
    var random = SeededRandom(seed: 8)
    let x = (0..<200).map { _ in Double(Int.random(in: 0...40, using: &random)) }
    let y = x.map { _ in random.normal() }
    let plain = Self.fit(x, y)
    for (scale, tolerance) in [(1e300, 1e-9), (1e150, 1e-9)] {
      for (value, expected) in zip(Self.fit(x, y.map { $0 * scale }), plain) {
        #expect(isClose(value / scale, expected, tolerance))
      }
    }
    #expect(Self.fit(x, y.map { $0 * 1e-300 }).allSatisfy { abs($0) < 1e-299 })
    // One candidate beyond all measure has no say once the robust passes have seen it.
    var withOutlier = y
    withOutlier[17] = 1.7e308
    for value in Self.fit(x, withOutlier, iterations: 6) { #expect(abs(value) < 3) }
  }
}
