internal import Text

extension ReportFigure {
  private static let margin = 8.0
  private static let titleSize = 15.0
  private static let noteSize = 12.0
  /// Letters are about half as wide as high.
  private static let noteWidth = Int((PlotArea.width - 2 * margin) / (noteSize * 0.52))

  /// The figure as a file: title, note and drawing on white, with all colours and fonts that it takes.
  package var svg: String {
    let lines = note?.wrapped(width: Self.noteWidth) ?? []
    let captionHeight =
      Self.margin + Self.titleSize + 5 + Double(lines.count) * Self.noteSize * 1.3 + 4
    let box = (drawing["viewBox"] ?? "").split(separator: " ").compactMap { Double($0) }
    let (width, height) = box.count == 4 ? (box[2], box[3]) : (PlotArea.width, PlotArea.height)
    let total = captionHeight + height + Self.margin
    var inner = drawing
    inner.attributes = [
      ("x", "0"), ("y", PlotArea.text(captionHeight)), ("width", PlotArea.text(width)),
      ("height", PlotArea.text(height)), ("viewBox", drawing["viewBox"] ?? ""),
    ]
    let whole = tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": PlotArea.text(width),
        "height": PlotArea.text(total),
        "viewBox": "0 0 \(PlotArea.text(width)) \(PlotArea.text(total))", "role": "img",
        "aria-label": drawing["aria-label"] ?? title,
      ]
    ) {
      tag("title") { title }
      tag("style") { Palette.light.colored(Stylesheet.drawing) }
      tag("rect", ["width": "100%", "height": "100%", "fill": "#ffffff"])
      tag(
        "text",
        [
          "x": PlotArea.text(Self.margin), "y": PlotArea.text(Self.margin + Self.titleSize - 2),
          "style": "font-size: \(PlotArea.text(Self.titleSize))px; font-weight: bold",
        ]
      ) { title }
      for (number, line) in lines.enumerated() {
        tag(
          "text",
          [
            "class": "tick", "x": PlotArea.text(Self.margin),
            "y": PlotArea.text(
              Self.margin + Self.titleSize + 5 + Double(number + 1) * Self.noteSize * 1.3 - 3),
          ]
        ) { line }
      }
      Node.element(inner)
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(whole.html)\n"
  }
}

extension Node.Element {
  fileprivate subscript(attribute: String) -> String? {
    attributes.first { $0.name == attribute }?.value
  }
}
