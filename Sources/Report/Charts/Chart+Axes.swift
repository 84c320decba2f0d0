extension Chart {
  private static let xTicks = 6
  private static let yTicks = 5

  /// Lines behind the data, at the marks of the vertical axis.
  func grid(in area: PlotArea) -> [Node] {
    let lines = y.ticks(about: Self.yTicks).map {
      let height = PlotArea.text(area.y($0.value))
      return "M\(PlotArea.text(area.left)) \(height)H\(PlotArea.text(area.right))"
    }
    return [.path("grid", lines.joined())]
  }

  /// Both axes with marks, values and labels.
  func axes(in area: PlotArea) -> [Node] {
    var nodes: [Node] = []
    var marks = "M\(PlotArea.text(area.left)) \(PlotArea.text(area.bottom))"
    marks += "H\(PlotArea.text(area.right))"
    for tick in x.ticks(about: Self.xTicks) {
      let place = PlotArea.text(area.x(tick.value))
      marks += "M\(place) \(PlotArea.text(area.bottom))v4"
      nodes.append(
        .label(tick.text, "tick", x: area.x(tick.value), y: area.bottom + 17, anchor: "middle"))
    }
    for tick in y.ticks(about: Self.yTicks) {
      nodes.append(
        .label(tick.text, "tick", x: area.left - 7, y: area.y(tick.value) + 4, anchor: "end"))
    }
    let middle = (area.left + area.right) / 2
    nodes.append(.label(x.label, "label", x: middle, y: area.bottom + 38, anchor: "middle"))
    let height = PlotArea.text((area.top + area.bottom) / 2)
    nodes.append(
      tag("text", ["transform": "translate(13 \(height)) rotate(-90)", "text-anchor": "middle"]) {
        y.label
      })
    return [.path("axis", marks)] + nodes
  }

  /// The height of a row of the legend.
  private static let legendRow = 17.0

  /// The layers that the legend names, in rows as wide as the plot.
  private var legendRows: [[(layer: Layer, label: String, place: Double)]] {
    let area = PlotArea(x: x, y: y)
    var rows: [[(layer: Layer, label: String, place: Double)]] = [[]]
    var place = area.left
    for layer in layers {
      guard let label = layer.label else { continue }
      // Letters are about half as wide as high, and higher on phones.
      let width = 38 + Double(label.unicodeScalars.count) * 7.2
      if place > area.left, place + width > area.right + 24 {
        rows.append([])
        place = area.left
      }
      rows[rows.count - 1].append((layer, label, place))
      place += width
    }
    return rows
  }

  /// What the legend takes above the drawing.
  var legendOverhang: Double { Self.legendRow * Double(legendRows.count - 1) }

  /// What lines, areas and marks stand for, above the plot.
  func legend(in area: PlotArea) -> [Node] {
    let rows = legendRows
    return rows.enumerated().flatMap { number, row in
      let y = area.top - 15 - Self.legendRow * Double(rows.count - 1 - number)
      return row.flatMap { layer, label, place in
        [
          key(of: layer, x: place, y: y),
          .label(label, "", x: place + 21, y: y + 4, anchor: "start"),
        ]
      }
    }
  }

  private func key(of layer: Layer, x: Double, y: Double) -> Node {
    tag("g", ["class": layer.ink.rawValue]) {
      switch layer {
      case .band, .histogram: Node.box("area", x: x, y: y - 4, width: 16, height: 9)
      default: []
      }
      switch layer {
      case .band: []
      case .marks(_, _, let shape, _): Node.path("hollow", shape.path(x: x + 8, y: y))
      default:
        Node.path(
          layer.ink.isDashed ? "line dashed" : "line",
          "M\(PlotArea.text(x)) \(PlotArea.text(y))h16")
      }
      if case .dots = layer { Node.dot(x: x + 8, y: y) }
    }
  }
}
