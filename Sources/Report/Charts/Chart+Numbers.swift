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
      DataTable(
        [x.label, y.label, "from", "to"],
        intervals.map { [x.text($0.x), y.text($0.y), y.text($0.lower), y.text($0.upper)] },
        textColumns: [])
    }
  }
}
