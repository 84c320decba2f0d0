internal import Records

/// Counts of several kinds as bars, one below the other.
package struct BarChart {
  package var title: String
  package var note: String?
  package var bars: [(label: String, count: Int)]
  package var ink: SeriesColor

  package init(
    _ title: String, note: String? = nil, bars: [(label: String, count: Int)],
    ink: SeriesColor = .after
  ) {
    self.title = title
    self.note = note
    self.bars = bars
    self.ink = ink
  }

  private static let rowHeight = 24.0
  private static let labelEnd = 150.0
  private static let longest = 190.0

  /// The figure.
  package func figure() -> Node {
    let total = max(1, bars.reduce(0) { $0 + $1.count })
    let most = Double(max(1, bars.map(\.count).max() ?? 1))
    let rows = bars.enumerated().flatMap { number, bar -> [Node] in
      let y = Self.rowHeight * Double(number) + 4
      let width = Self.longest * Double(bar.count) / most
      let share = Quantity.percent(Double(bar.count) / Double(total))
      return [
        .label(bar.label, "", x: Self.labelEnd, y: y + 13, anchor: "end"),
        .box(
          "solid", x: Self.labelEnd + 8, y: y, width: bar.count == 0 ? 0 : max(1, width),
          height: 17),
        .label(
          "\(Quantity.count(bar.count)) (\(share))", "tick", x: Self.labelEnd + 14 + width,
          y: y + 13, anchor: "start"),
      ]
    }
    let counts = bars.map { "\($0.label) \($0.count)" }.joined(separator: ", ")
    return tag("figure") {
      Node.caption(title, note: note)
      Node.drawing(
        "\(title): \(counts)", height: Self.rowHeight * Double(bars.count) + 6
      ) {
        tag("g", ["class": ink.rawValue]) { rows }
      }
    }
  }
}
