/// A figure with two axes.
package struct Chart: Sendable {
  package var title: String
  /// What else is to be known, in a sentence.
  package var note: String?
  package var x: Axis
  package var y: Axis
  package var layers: [Layer]

  package init(_ title: String, note: String? = nil, x: Axis, y: Axis, layers: [Layer]) {
    self.title = title
    self.note = note
    self.x = x
    self.y = y
    self.layers = layers
  }

  /// The figure with its caption and its numbers.
  ///
  /// - Parameter id: Differs from that of every other figure of the page.
  package func figure(id: String) -> Node {
    let area = PlotArea(x: x, y: y)
    return tag("figure") {
      Node.caption(title, note: note)
      Node.drawing(
        "\(title): \(y.label) against \(x.label)", height: PlotArea.height,
        overhang: legend.overhang
      ) {
        tag("clipPath", ["id": "\(id)-plot"]) {
          Node.box(
            nil, x: area.left, y: area.top - 1, width: area.right - area.left,
            height: area.bottom - area.top + 2)
        }
        grid(in: area)
        tag("g", ["clip-path": "url(#\(id)-plot)"]) { layers.map { drawing(of: $0, in: area) } }
        axes(in: area)
        legend.nodes(bottom: area.top - 15)
      }
      numbers
    }
  }
}
