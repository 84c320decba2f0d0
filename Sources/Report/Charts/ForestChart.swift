internal import Records
internal import Text

/// Values with their intervals by name, a row each.
package struct ForestChart {
  /// What has a value in every row.
  package struct Series {
    package var label: String
    package var ink: SeriesColor
    package var shape: MarkShape

    package init(_ label: String, _ ink: SeriesColor, _ shape: MarkShape) {
      self.label = label
      self.ink = ink
      self.shape = shape
    }
  }

  package struct Value {
    package var value: Double
    /// Where it is with 95 % confidence; nil where that is not known.
    package var interval: (lower: Double, upper: Double)?

    package init(_ value: Double, _ interval: (lower: Double, upper: Double)? = nil) {
      self.value = value
      self.interval = interval
    }
  }

  package struct Row {
    package var name: String
    /// What the values rest on, such as `n = 805`.
    package var note: String
    /// One a series; nil where it has none.
    package var values: [Value?]

    package init(_ name: String, note: String, values: [Value?]) {
      self.name = name
      self.note = note
      self.values = values
    }
  }

  private let title: String
  private let note: String?
  private let label: String
  /// A value that all are to be seen against.
  private let reference: Double?
  private let series: [Series]
  private let rows: [Row]

  /// Rows that are drawn; a page is not longer.
  private static let rowLimit = 60

  /// - Parameter label: of the axis, with the unit.
  package init(
    _ title: String, note: String?, label: String, reference: Double? = nil, series: [Series],
    rows: [Row]
  ) {
    self.title = title
    self.note = Self.note(note, of: rows.count)
    self.label = label
    self.reference = reference
    self.series = series
    self.rows = Array(rows.prefix(Self.rowLimit))
  }

  private static func note(_ note: String?, of count: Int) -> String? {
    count <= rowLimit
      ? note
      : [note, "Shown are the first \(rowLimit) of \(count)."].compactMap(\.self)
        .joined(separator: " ")
  }

  // MARK: Places

  /// Longer names are cut, so that room is left for the plot.
  private static let mostCells = 32
  /// Wide enough for the larger letters of phones.
  private static let letterWidth = 7.4
  private static let right = 406.0
  private static let noteStart = 411.0
  private static let top = 26.0
  private static let seriesHeight = 9.0

  /// The cells that names may take.
  private var nameCells: Int {
    min(Self.mostCells, max(12, rows.map(\.name.cellWidth).max() ?? 0))
  }
  private var nameEnd: Double { 8 + Self.letterWidth * Double(nameCells) }
  private var left: Double { nameEnd + 10 }
  private var rowHeight: Double { max(18, Self.seriesHeight * Double(series.count) + 6) }
  private var bottom: Double { Self.top + rowHeight * Double(rows.count) }

  /// The figure; nil where no row has a value.
  package func figure() -> Node? {
    let values = rows.flatMap { $0.values.compactMap(\.self) }.flatMap { value in
      [value.value, value.interval?.lower ?? value.value, value.interval?.upper ?? value.value]
    }
    guard let least = values.min(), let most = values.max() else { return nil }
    let axis = Axis(
      label,
      Extent(min(least, reference ?? least), max(most, reference ?? most)).widened(by: 0.04))
    let legend = Legend(
      series.map { series in
        .init(label: series.label, ink: series.ink) { x, y in
          [
            .path("thin", "M\(PlotArea.text(x)) \(PlotArea.text(y))h16"),
            .path("hollow", series.shape.path(x: x + 8, y: y)),
          ]
        }
      }, from: 8, to: PlotArea.width)
    return tag("figure") {
      Node.caption(title, note: note)
      Node.drawing(
        "\(title): \(label) of \(Quantity.count(rows.count, "row"))", height: bottom + 46,
        overhang: legend.overhang
      ) {
        frame(axis)
        for (number, row) in rows.enumerated() { drawing(of: row, number, axis) }
        legend.nodes(bottom: Self.top - 15)
      }
      tag("details") {
        tag("summary") { "Numbers" }
        table(axis).nodes(label: title)
      }
    }
  }

  private func x(_ value: Double, _ axis: Axis) -> Double {
    left + (Self.right - left) * (value - axis.range.lowerBound) / axis.range.length
  }

  private func frame(_ axis: Axis) -> [Node] {
    let ticks = axis.ticks(about: 5).map { (place: x($0.value, axis), text: $0.text) }
    let span = "\(PlotArea.text(Self.top - 2))V\(PlotArea.text(bottom))"
    return [
      .path("grid", ticks.map { "M\(PlotArea.text($0.place)) \(span)" }.joined()),
      .path(
        "axis", "M\(PlotArea.text(left)) \(PlotArea.text(bottom))H\(PlotArea.text(Self.right))"
      ),
    ] + ticks.map { .label($0.text, "tick", x: $0.place, y: bottom + 16, anchor: "middle") }
      + [.label(label, "", x: (left + Self.right) / 2, y: bottom + 36, anchor: "middle")]
      + (reference.map { [.path("rule", "M\(PlotArea.text(x($0, axis))) \(span)")] } ?? [])
  }

  private func drawing(of row: Row, _ number: Int, _ axis: Axis) -> [Node] {
    let middle = Self.top + rowHeight * (Double(number) + 0.5)
    let first = middle - Self.seriesHeight * Double(series.count - 1) / 2
    let marks = zip(series, row.values).enumerated().map { place, element -> Node in
      let (series, value) = element
      return tag("g", ["class": series.ink.rawValue]) {
        if let value {
          let y = first + Self.seriesHeight * Double(place)
          if let interval = value.interval {
            Node.path(
              "thin",
              "M\(PlotArea.text(x(interval.lower, axis))) \(PlotArea.text(y))"
                + "H\(PlotArea.text(x(interval.upper, axis)))")
          }
          tag(
            "path", ["class": "hollow", "d": series.shape.path(x: x(value.value, axis), y: y)]
          ) {
            tag("title") { "\(row.name), \(series.label): \(text(value, axis))" }
          }
        }
      }
    }
    return [
      tag(
        "text",
        [
          "x": PlotArea.text(nameEnd), "y": PlotArea.text(middle + 4), "text-anchor": "end",
        ]
      ) {
        names[row.name]
        tag("title") { row.name }
      },
      .label(row.note, "tick", x: Self.noteStart, y: middle + 4, anchor: "start"),
    ] + marks
  }

  private var names: ShortNames { ShortNames(rows.map(\.name), cells: nameCells) }

  private func text(_ value: Value, _ axis: Axis) -> String {
    axis.text(value.value)
      + (value.interval.map { " (\(axis.text($0.lower)) to \(axis.text($0.upper)))" } ?? "")
  }

  private func table(_ axis: Axis) -> DataTable {
    DataTable(
      ["", "n"] + series.map(\.label),
      rows.map { row in
        [row.name, row.note] + row.values.map { $0.map { text($0, axis) } ?? "–" }
      })
  }
}
