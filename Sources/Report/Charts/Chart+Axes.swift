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

  /// What lines, areas, marks and shades stand for.
  var legend: Legend {
    let area = PlotArea(x: x, y: y)
    return Legend(
      layers.compactMap { layer in
        layer.label.map { label in
          .init(label: label, ink: layer.ink) { x, y in key(of: layer, x: x, y: y) }
        }
      }, from: area.left, to: area.right + 24)
  }

  @NodeBuilder
  private func key(of layer: Layer, x: Double, y: Double) -> [Node] {
    switch layer {
    case .band, .histogram: Node.box("area", x: x, y: y - 4, width: 16, height: 9)
    case .density(let grid, _): shadeScale(of: grid, x: x, y: y)
    default: []
    }
    switch layer {
    case .band, .density: []
    case .marks(_, _, let shape, _): Node.path("hollow", shape.path(x: x + 8, y: y))
    default:
      Node.path(
        layer.ink.isDashed ? "line dashed" : "line",
        "M\(PlotArea.text(x)) \(PlotArea.text(y))h16")
    }
    if case .dots = layer { Node.dot(x: x + 8, y: y) }
  }
}
