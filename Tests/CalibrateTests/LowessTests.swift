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
        levels: coded.levels, codes: coded.codes, values: y,
        parameters: .init(frac: frac, iterations: iterations)))
  }

  @Test func equalsStatsmodels() {
    #expect(Golden.lowess.count > 30)
    for golden in Golden.lowess {
      let coded = Coded(golden.x)
      let fitted = Lowess.fit(
        levels: coded.levels, codes: coded.codes, values: golden.y,
        parameters: .init(frac: golden.frac, iterations: golden.iterations))
      #expect(!golden.fit.isEmpty, "\(golden.name)")
      for (x, value) in golden.fit {
        let ours = coded.levels.firstIndex(of: x).map { fitted[$0] } ?? .nan
        #expect(isClose(ours, value), "\(golden.name) at \(x): \(ours), statsmodels \(value)")
      }
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
