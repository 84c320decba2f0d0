// The pieces that every figure is made of.
extension Node {
  /// Figures side by side where the page is wide enough.
  package static func figures(_ figures: [Node]) -> Node {
    tag("div", ["class": "figures"]) { figures }
  }

  /// The caption of a figure.
  static func caption(_ title: String, note: String?) -> Node {
    tag("figcaption") {
      tag("b") { title }
      if let note { tag("span") { note } }
    }
  }

  /// A drawing as wide as every other.
  ///
  /// - Parameters:
  ///   - label: What it shows, for those who do not see it.
  ///   - overhang: What stands above its upper edge.
  static func drawing(
    _ label: String, height: Double, overhang: Double = 0, @NodeBuilder _ content: () -> [Node]
  ) -> Node {
    tag(
      "svg",
      [
        "viewBox": [0, -overhang, PlotArea.width, height + overhang].map(PlotArea.text)
          .joined(separator: " "),
        "role": "img", "aria-label": label,
      ], content)
  }

  static func label(
    _ text: String, _ kind: String, x: Double, y: Double, anchor: String
  ) -> Node {
    tag(
      "text",
      ["class": kind, "x": PlotArea.text(x), "y": PlotArea.text(y), "text-anchor": anchor]
    ) { text }
  }

  static func path(_ kind: String, _ path: String) -> Node {
    tag("path", ["class": kind, "d": path])
  }

  static func box(
    _ kind: String?, x: Double, y: Double, width: Double, height: Double
  ) -> Node {
    tag(
      "rect",
      [
        "class": kind ?? "", "x": PlotArea.text(x), "y": PlotArea.text(y),
        "width": PlotArea.text(width), "height": PlotArea.text(height),
      ])
  }

  static func dot(x: Double, y: Double) -> Node {
    tag("circle", ["class": "hollow", "cx": PlotArea.text(x), "cy": PlotArea.text(y), "r": "3.2"])
  }
}
