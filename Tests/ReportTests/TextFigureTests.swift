import Columns
import Foundation
import TestSupport
import Testing
import Text

@testable import Report

@Suite struct TextFigureTests {
  /// A drawing taken apart: the cells right of the vertical axis, by row from above.
  private struct Drawing {
    var cells: [[Character]] = []
    var columns = 0

    /// - Parameter lines: of a figure of one chart in Unicode.
    init(_ lines: [String]) {
      for line in lines {
        if let axis = line.firstIndex(where: { $0 == "┤" || $0 == "│" }), cells.count < 16,
          columns == 0
        {
          cells.append(Array(line[line.index(after: axis)...]))
        } else if let corner = line.firstIndex(of: "└") {
          columns = line[line.index(after: corner)...].count
        }
      }
    }

    subscript(row: Int, column: Int) -> Character {
      column < cells[row].count ? cells[row][column] : " "
    }

    /// Every place of a character.
    func places(of character: Character) -> [[Int]] {
      cells.indices.flatMap { row in
        cells[row].indices.filter { cells[row][$0] == character }.map { [row, $0] }
      }
    }
  }

  private static let unit = Extent(0, 1)

  private static func chart(_ layers: [Layer], x: Extent = unit, y: Extent = unit) -> Chart {
    Chart("Title", x: Axis("across", x), y: Axis("up", y), layers: layers)
  }

  private static func lines(_ chart: Chart, width: Int = 60, _ glyphs: Glyphs = .unicode)
    -> [String]
  {
    TextFigure([chart], glyphs: glyphs).lines(width: width)
  }

  @Test func marksStandWhereTheirValuesAre() {
    var random = SeededRandom(seed: 31)
    for _ in 0..<100 {
      let (x, y) = (Extent(-50, 150), Extent(-3, 2))
      let point = Point(
        x: Double.random(in: -50..<150, using: &random),
        y: Double.random(in: -3..<2, using: &random))
      let width = Int.random(in: 24...200, using: &random)
      let drawing = Drawing(
        Self.lines(Self.chart([.dots([.init(point)], .after, label: "")], x: x, y: y), width: width)
      )
      let column = Int((point.x + 50) * Double(drawing.columns) / 200)
      let row = Int((2 - point.y) * Double(drawing.cells.count) / 5)
      #expect(drawing.places(of: "●") == [[row, column]])
    }
  }

  @Test func ticksStandWhereTheirValuesAre() throws {
    let dots = [0.0, 0.4, 1].map { Layer.Interval(Point(x: $0 * 1000, y: $0)) }
    var chart = Self.chart([.dots(dots, .after, label: "")], x: Extent(0, 1000))
    chart.y.format = .percent
    let lines = Self.lines(chart, width: 70)
    for (label, tick) in [("0 %", "0"), ("40 %", "400"), ("100 %", "1,000")] {
      let row = try #require(lines.first { $0.contains(" \(label) ┤") })
      let column = try #require(row.firstIndex(of: "●")).utf16Offset(in: row)
      let floor = try #require(lines.first { $0.contains("└") })
      #expect(Array(floor)[column] == "┴")
      let values = try #require(lines.last { $0.contains(tick) && $0.contains("200") })
      let place = try #require(values.range(of: tick)).lowerBound.utf16Offset(in: values)
      #expect((place...place + tick.count).contains(column))
    }
  }

  /// The line, read back from its dots, is the curve to within a dot.
  @Test func linesFollowTheirPoints() {
    func height(_ x: Double) -> Double { 0.5 + 0.4 * (x * 2 - 1) * (x * 2 - 1) * (x * 2 - 1) }
    let points = (0...200).map { Point(x: Double($0) / 200, y: height(Double($0) / 200)) }
    let drawing = Drawing(Self.lines(Self.chart([.line(points, .curve, label: "")]), width: 90))
    let rows = drawing.cells.count
    for column in 0..<drawing.columns * 2 {
      let dots = (0..<rows * 4).filter { dot in
        let scalar = drawing[dot / 4, column / 2].unicodeScalars.first?.value ?? 0
        guard scalar >= 0x2800, scalar < 0x2900 else { return false }
        // The dots of Braille are numbered 1 to 3 and 7 on the left, 4 to 6 and 8 on the right.
        let number = [[0, 1, 2, 6], [3, 4, 5, 7]][column % 2][dot % 4]
        return (scalar - 0x2800) >> UInt32(number) & 1 == 1
      }
      let x = (Double(column) + 0.5) / Double(drawing.columns * 2)
      let expected = (1 - height(x)) * Double(rows * 4) - 0.5
      #expect(dots.contains { abs(Double($0) - expected) <= 0.5 + 1e-9 }, "\(column): \(dots)")
    }
  }

  @Test func barsAreAsHighAsTheirShares() {
    let values = [0.5] + Array(repeating: 1.5, count: 30) + Array(repeating: 2.5, count: 60)
    let bins = Bins(covering: Extent(0, 3.5), about: 4, areWhole: true)
    let histogram = Histogram(of: ComputedColumn(count: values.count) { values[$0] }, in: bins)
    let figure = Self.chart(
      [.histogram(histogram, .neutral, label: "")], x: Extent(bins.start, bins.end),
      y: Extent(0, histogram.share(of: 2)))
    let drawing = Drawing(Self.lines(figure, width: 80))
    func eighths(_ column: Int) -> Int {
      drawing.cells.indices.reduce(0) { sum, row in
        sum
          + ((" ▁▂▃▄▅▆▇█".firstIndex(of: drawing[row, column]) ?? " ".startIndex)
            .utf16Offset(in: " ▁▂▃▄▅▆▇█"))
      }
    }
    let all = drawing.cells.count * 8
    let quarter = drawing.columns / bins.count
    // One value of 91 is seen, half as many values are half as high, and nothing is nothing.
    #expect(
      (0..<bins.count).map { eighths($0 * quarter + quarter / 2) } == [
        Int((Double(all) / 60).rounded()), all / 2, all, 0,
      ])
  }

  @Test func whatTwoSeriesShareIsShown() {
    let dot = [Layer.Interval(x: 0.5, y: 0.5, lower: 0.2, upper: 0.8)]
    let drawing = Drawing(
      Self.lines(
        Self.chart([.dots(dot, .before, label: "one"), .dots(dot, .after, label: "two")])))
    #expect(drawing.places(of: "◉").count == 1 && drawing.places(of: "│").count > 3)
    #expect(drawing.places(of: "●").isEmpty && drawing.places(of: "○").isEmpty)
  }

  /// Charts of all kinds of numbers, at every width.
  @Test func everyLineFits() {
    var random = SeededRandom(seed: 32)
    let odd: [Double] = [
      .nan, .infinity, -.infinity, 0, -0.0, 1e300, -1e300, .leastNonzeroMagnitude, 1, -1, 1e9,
      12345.678,
    ]
    for number in 0..<120 {
      func value() -> Double {
        number.isMultiple(of: 3)
          ? odd.randomElement(using: &random) ?? 0
          : random.normal() * [1e-7, 1, 1e6][number % 3]
      }
      let count = Int.random(in: 0...6, using: &random)
      let points = (0..<count).map { _ in Point(x: value(), y: value()) }
        .sorted { $0.x < $1.x || $1.x.isNaN }
      let intervals = points.map {
        Layer.Interval(x: $0.x, y: $0.y, lower: value(), upper: value())
      }
      let extent = Extent(value(), value())
      let values = (0..<50).map { _ in value() }
      let histogram = Histogram(
        of: ComputedColumn(count: 50) { values[$0] }, in: Bins(covering: extent, about: 60))
      let chart = Chart(
        "A title of several words, 日本語 too", note: "What else there is to say of it.",
        x: Axis("length (code points)", extent), y: Axis("reward", Extent(value(), value())),
        layers: [
          .rule(value()), .band(intervals, .curve, label: "95 % band"),
          .line(points, .curve, label: "bias"), .dots(intervals, .before, label: "before"),
          .histogram(histogram, .neutral, label: "lengths"),
        ])
      for width in [1, 23, 24, 25, 31, 40, 80, 200] {
        for glyphs in [Glyphs.unicode, .ascii] {
          let lines = TextFigure([chart, chart], glyphs: glyphs).lines(width: width)
          #expect(lines.isEmpty == (width < TextFigure.leastWidth))
          #expect(lines.allSatisfy { $0.cellWidth <= width }, "\(lines)")
          if glyphs == .ascii {
            #expect(lines.dropFirst().joined().allSatisfy { $0.isASCII || "日本語".contains($0) })
          }
        }
      }
    }
  }

  @Test func aConstantCurveIsALineInTheMiddle() {
    let points = [Point(x: 0, y: 7), Point(x: 1, y: 7)]
    let drawing = Drawing(
      Self.lines(Self.chart([.line(points, .curve, label: "")], y: Extent(7, 7))))
    let rows = drawing.cells.indices.filter { row in drawing.cells[row].contains { $0 != " " } }
    #expect(rows.count == 1 && abs(rows[0] - drawing.cells.count / 2) <= 1)
    #expect(drawing.cells[rows[0]].count == drawing.columns)
  }
}
