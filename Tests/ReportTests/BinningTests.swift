import TestSupport
import Testing

@testable import Report

@Suite struct BinningTests {
  private static func isRound(_ step: Double) -> Bool {
    var digits = step
    while digits >= 9.999 { digits /= 10 }
    while digits < 0.9999 { digits *= 10 }
    return [1.0, 2, 5].contains { abs(digits - $0) < 1e-6 }
  }

  @Test(arguments: UInt64(1)...200)
  func binsAreRoundAndHoldTheRange(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let scale = [1e-6, 0.01, 1, 100, 1e6, 1e12][random.below(6)]
    let (first, second) = (random.normal() * scale, random.normal() * scale)
    let range = Extent(first, second)
    let areWhole = seed.isMultiple(of: 3)
    let bins = Bins(covering: range, about: 40, areWhole: areWhole)
    #expect(Self.isRound(bins.width))
    #expect(bins.count >= 1 && bins.count <= 102)
    if areWhole { #expect(bins.width >= 1 && bins.width == bins.width.rounded()) }
    for part in stride(from: 0.0, through: 1, by: 0.01) {
      let value = min(
        range.lowerBound + part * (range.length), range.upperBound)
      let bin = try #require(bins.index(of: value))
      let slack = bins.width * 1e-9
      #expect(bins.lowerEdge(of: bin) <= value + slack)
      #expect(value < bins.lowerEdge(of: bin + 1) + slack)
    }
    #expect(bins.index(of: .nan) == nil)
    #expect(bins.index(of: bins.end + bins.width) == nil)
    #expect(bins.index(of: bins.start - bins.width) == nil)
  }

  @Test(arguments: [
    Extent(0, 0), Extent(5, 5), Extent(-1e300, 1e300), Extent(1e15, 1e15 + 1),
    Extent(0, Double.leastNonzeroMagnitude), Extent(-1.7e308, 1.7e308), Extent(1.7e308, 1.7e308),
    Extent(-.infinity, .infinity), Extent(.nan, 3), Extent(.nan, .nan), Extent(2, 1),
    Extent(0x1p53 - 1, 0x1p53 + 1), Extent(-0.0, 0),
  ])
  func rangesOfAnyExtentHaveBins(range: Extent) {
    let bins = Bins(covering: range, about: 40)
    #expect(bins.count >= 1 && bins.count <= 102)
    #expect(bins.width > 0 && bins.width.isFinite)
  }

  @Test func histogramsCountEveryValueOnce() {
    var random = SeededRandom(seed: 3)
    let values = (0..<5000).map { _ in random.below(10) == 0 ? .nan : random.normal() * 10 }
    let bins = Bins(covering: Extent(-5, 5), about: 20)
    let histogram = Histogram(of: values, in: bins)
    for bin in 0..<bins.count {
      let expected = values.count {
        $0 >= bins.lowerEdge(of: bin) && $0 < bins.lowerEdge(of: bin + 1)
      }
      #expect(histogram.counts[bin] == expected)
    }
    #expect(histogram.total == values.count { !$0.isNaN })
  }

  @Test func meansOverTheGridAreThoseOfThePoints() {
    var random = SeededRandom(seed: 4)
    let points = (0..<3000).map { _ in (x: random.normal() * 3, y: random.normal() * 50) }
    let columns = Bins(covering: Extent(-20, 20), about: 30)
    let rows = Bins(covering: Extent(-10, 10), about: 10)
    let grid = DensityGrid(
      of: points.map(\.x), points.map(\.y), columns: columns, rows: rows)
    let inside = points.count { columns.index(of: $0.x) != nil && rows.index(of: $0.y) != nil }
    #expect(grid.counts.reduce(0, +) == inside)
    #expect(grid.outside == points.count - inside)
    // A mean is that of all points over its columns, those above and below the rows too.
    let first = grid.means[0].mean
    let edge = (0..<columns.count).map { columns.lowerEdge(of: $0 + 1) }.first { edge in
      points.count { $0.x < edge } >= points.count / 24
    }
    let below = points.filter { $0.x < edge ?? 0 }
    #expect(
      abs(first.y - below.reduce(0) { $0 + $1.y } / Double(below.count)) < 1e-9 * abs(first.y))
    #expect(grid.means.count > 5)
  }

  @Test func extentsLeaveOutTheOutermostHalfPercent() throws {
    let values = (0...1000).map(Double.init) + [.nan]
    let shuffled = values.indices.map { values[($0 * 7) % values.count] }
    let extent = try #require(Extent.ofMost(shuffled))
    #expect(extent == Extent(5, 995))
    #expect(Extent.ofMost([Double.nan, .nan]) == nil)
    #expect(Extent.ofMost([Double]()) == nil)
  }

  @Test(arguments: UInt64(1)...100)
  func ticksAreRoundDistinctAndInside(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let scale = [1e-4, 0.1, 1, 50, 1e4, 1e9][random.below(6)]
    let start = random.normal() * scale
    let axis = Axis("", Extent(start, start + abs(random.normal()) * scale + scale / 100))
    let ticks = axis.ticks(about: 5)
    #expect(ticks.count >= 2 && ticks.count <= 8)
    #expect(Set(ticks.map(\.text)).count == ticks.count, "\(ticks)")
    for tick in ticks {
      let slack = axis.range.length * 1e-6
      #expect(tick.value >= axis.range.lowerBound - slack)
      #expect(tick.value <= axis.range.upperBound + slack)
    }
  }

  @Test func ticksAreWrittenAsPeopleWriteThem() {
    func texts(_ range: Extent, _ format: Axis.Format = .number) -> [String] {
      Axis("", range, format).ticks(about: 5).map(\.text)
    }
    #expect(texts(Extent(0, 1), .percent) == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"])
    #expect(texts(Extent(-1, 1)) == ["−1.0", "−0.5", "0.0", "0.5", "1.0"])
    #expect(texts(Extent(0, 12_000)) == ["0", "5,000", "10,000"])
  }
}
