import TestSupport
import Testing

@testable import Report

@Suite struct PairFiguresTests {
  private struct Pairs {
    var chosen: [Double] = []
    var rejected: [Double] = []
    var margins: [Double] = []

    init(_ count: Int, seed: UInt64) {
      var random = SeededRandom(seed: seed)
      for _ in 0..<count {
        chosen.append(Double(random.below(500)))
        rejected.append(Double(random.below(400)))
        margins.append(random.below(20) == 0 ? .nan : abs(random.normal()))
      }
    }

    func series(_ name: String, _ ink: SeriesColor) -> PairSeries {
      PairSeries(
        name, ink, count: chosen.count, chosenLength: { chosen[$0] },
        rejectedLength: { rejected[$0] }, margin: { margins[$0] })
    }
  }

  private static func dots(_ chart: Chart) -> [[Layer.Interval]] {
    chart.layers.compactMap { layer in
      if case .dots(let intervals, _, _) = layer { intervals } else { nil }
    }
  }

  /// The numbers of `proportion_confint(count, nobs, 0.05, "wilson")` in statsmodels.stats.proportion.
  @Test(
    arguments: [
      (0.0, 10.0, 0.0, 0.27753279986288926), (3, 10, 0.10779126740630104, 0.6032218525388546),
      (500, 1000, 0.4690696003681042, 0.5309303996318958), (7, 7, 0.6456695649333125, 1),
    ])
  func wilsonIntervalsAreThoseOfStatsmodels(
    count: Double, total: Double, lower: Double, upper: Double
  ) {
    let interval = PairFigures.wilson(count / total, total)
    #expect(abs(interval.lower - lower) < 1e-12)
    #expect(abs(interval.upper - upper) < 1e-12)
  }

  @Test func sharesOfLongerChosenAreThoseOfTheirGroups() throws {
    let (old, new) = (Pairs(4000, seed: 1), Pairs(3000, seed: 2))
    let figures = PairFigures(
      [old.series("old", .before), new.series("new", .after)], unit: "code points")
    let dots = Self.dots(try #require(figures.longerChosen))
    #expect(dots.map(\.count) == [10, 10])
    // Groups are cut by deciles of both together, so each holds a tenth of all pairs that differ.
    let gaps = [old, new].map { pairs in
      zip(pairs.chosen, pairs.rejected).map { $0 - $1 }.filter { $0 != 0 }
    }
    let sorted = gaps.flatMap { $0.map(abs) }.sorted()
    var lower = 0.0
    for group in 0..<10 {
      let place = Double(sorted.count - 1) * Double(group + 1) / 10
      let below = sorted[Int(place)]
      let above = sorted[min(Int(place) + 1, sorted.count - 1)]
      let edge = below + (place - place.rounded(.down)) * (above - below)
      for side in 0..<2 {
        let members = gaps[side].filter { abs($0) > lower && abs($0) <= edge }
        let share = Double(members.count { $0 > 0 }) / Double(members.count)
        #expect(abs(dots[side][group].y - share) < 1e-12)
        let mean = members.reduce(0) { $0 + abs($1) } / Double(members.count)
        #expect(abs(dots[side][group].x - mean) < 1e-9)
      }
      lower = edge
    }
  }

  @Test func figuresThatWouldSayNothingAreLeftOut() {
    var pairs = Pairs(10, seed: 3)
    pairs.rejected = pairs.chosen
    pairs.margins = pairs.margins.map { _ in .nan }
    let figures = PairFigures([pairs.series("", .after)], unit: "words")
    #expect(figures.longerChosen == nil)
    #expect(figures.margins == nil)
    #expect(figures.lengths.count == 1)
    let none = PairFigures([Pairs(0, seed: 1).series("", .after)], unit: "words")
    #expect(none.lengths.isEmpty && none.longerChosen == nil)
  }

  /// A drawing takes about the same whatever the number of pairs.
  @Test func drawingsStaySmall() throws {
    for count in [1, 100, 200_000] {
      let figures = PairFigures([Pairs(count, seed: 5).series("", .after)], unit: "code points")
      let charts = [figures.longerChosen, figures.margins].compactMap(\.self) + figures.lengths
      let html = charts.map { $0.figure(id: "x").html }.joined()
      #expect(html.utf8.count < 60_000)
      #expect(!html.contains("nan") && !html.contains("inf"))
    }
  }
}
