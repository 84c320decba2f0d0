import Testing

@testable import Report

@Suite struct ForestChartTests {
  private static func chart(_ rows: [ForestChart.Row], reference: Double? = nil) -> ForestChart {
    ForestChart(
      "Title", note: "Note.", label: "points", reference: reference,
      series: [.init("one", .before, .circle), .init("two", .after, .square)], rows: rows)
  }

  private static func row(_ name: String, _ value: Double, width: Double = 1) -> ForestChart.Row {
    .init(
      name, note: "n = 3",
      values: [.init(value, (value - width, value + width)), .init(value + 0.5)])
  }

  @Test func everyRowHasItsNameAndValues() throws {
    let chart = Self.chart([Self.row("first", 1), Self.row("second", -2)], reference: 0)
    let html = try #require(chart.figure()).html
    for text in ["first", "second", "n = 3", "one", "two", "points"] {
      #expect(html.contains(">\(text)<"), "\(text)")
    }
    // A mark for each value and each key, and a bar where there is an interval.
    #expect(html.ranges(of: "class=\"hollow\"").count == 2 + 2 * 2)
    #expect(html.contains("first, one: 1.00 (0.00 to 2.00)"))
  }

  /// Names that are too long are cut where they do not differ, and whole below the pointer.
  @Test func longNamesStayDifferent() throws {
    let names = [1, 2].map { "an-organisation/reward-model-7b-instruct-v\($0)" }
    let chart = Self.chart(names.map { Self.row($0, 1) })
    let html = try #require(chart.figure()).html
    for name in names { #expect(html.contains("<title>\(name)</title>")) }
    #expect(html.ranges(of: "text-anchor=\"end\">").count == 2)
    #expect(!html.contains("text-anchor=\"end\">\(names[0])"))
  }

  @Test func manyRowsAreToldOf() throws {
    let chart = Self.chart((0..<75).map { Self.row("model \($0)", Double($0)) })
    let html = try #require(chart.figure()).html
    #expect(html.contains("Shown are the first 60 of 75."))
    #expect(html.contains(">model 59<") && !html.contains(">model 60<"))
  }

  @Test func withoutValuesThereIsNoFigure() {
    #expect(Self.chart([]).figure() == nil)
    #expect(Self.chart([.init("empty", note: "", values: [nil, nil])]).figure() == nil)
  }
}
