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

  /// What lines and areas stand for, in a row above the plot.
  func legend(in area: PlotArea) -> [Node] {
    var place = area.left
    return layers.flatMap { layer -> [Node] in
      guard let label = layer.label else { return [] }
      let top = area.top - 15
      let ink = layer.ink
      let key = tag("g", ["class": ink.rawValue]) {
        switch layer {
        case .band, .histogram: Node.box("area", x: place, y: top - 4, width: 16, height: 9)
        default: []
        }
        switch layer {
        case .band: []
        case .marks(_, _, let shape, _):
          Node.path("hollow", shape.path(x: place + 8, y: top))
        default:
          Node.path(
            ink.isDashed ? "line dashed" : "line",
            "M\(PlotArea.text(place)) \(PlotArea.text(top))h16")
        }
        if case .dots = layer { Node.dot(x: place + 8, y: top) }
      }
      let text = Node.label(label, "", x: place + 21, y: top + 4, anchor: "start")
      // Letters are about half as wide as high, and higher on phones.
      place += 38 + Double(label.unicodeScalars.count) * 7.2
      return [key, text]
    }
  }
}
