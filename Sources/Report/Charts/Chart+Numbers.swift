internal import Records

extension Chart {
  /// The numbers behind lines, dots and bins, folded away; nothing for shades.
  @NodeBuilder var numbers: [Node] {
    let tables = layers.compactMap { layer in
      layer.label.flatMap { label in table(of: layer).map { (label: label, table: $0) } }
    }
    if !tables.isEmpty {
      tag("details") {
        tag("summary") { "Numbers" }
        for (label, table) in tables {
          tag("p") { label }
          table.nodes(label: "\(title): \(label)")
        }
      }
    }
  }

  private func table(of layer: Layer) -> DataTable? {
    switch layer {
    case .density, .rule: nil
    case .histogram(let histogram, _, _):
      DataTable(
        ["\(x.label), from", "to", "count", y.label],
        (0..<histogram.bins.count).map { bin in
          [
            x.text(histogram.bins.lowerEdge(of: bin)),
            x.text(histogram.bins.lowerEdge(of: bin + 1)),
            "\(histogram.counts[bin])", y.text(histogram.share(of: bin)),
          ]
        }, textColumns: [])
    case .line(let points, _, _), .marks(let points, _, _, _):
      DataTable(
        [x.label, y.label], points.map { [x.text($0.x), y.text($0.y)] }, textColumns: [])
    case .band(let intervals, _, _), .dots(let intervals, _, _):
      Self.table([x.label, y.label], intervals, x: x.text, y: y.text)
    }
  }

  /// Columns of bounds and counts are there only where some differ or are known.
  private static func table(
    _ labels: [String], _ intervals: [Layer.Interval], x: (Double) -> String, y: (Double) -> String
  ) -> DataTable {
    let hasBounds = intervals.contains { $0.lower != $0.upper }
    let hasCounts = intervals.contains { $0.count != nil }
    return DataTable(
      labels + (hasBounds ? ["from", "to"] : []) + (hasCounts ? ["n"] : []),
      intervals.map { interval in
        [x(interval.x), y(interval.y)]
          + (hasBounds ? [y(interval.lower), y(interval.upper)] : [])
          + (hasCounts ? [interval.count.map { Quantity.count($0) } ?? "–"] : [])
      }, textColumns: [])
  }
}
