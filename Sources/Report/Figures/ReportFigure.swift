/// A figure of a report by itself, for papers and slides.
package struct ReportFigure: Sendable {
  /// What a file of it is called, without a suffix: the title's words in lower case.
  package let name: String
  package let title: String
  /// What else is to be known, in a sentence or two.
  package let note: String?
  /// The `svg` element of the page.
  let drawing: Node.Element

  /// - Returns: nil where a node is not a figure with a drawing.
  fileprivate init?(_ node: Node, otherThan names: Set<String>) {
    guard case .element(let figure) = node, figure.name == "figure",
      let drawing = node.first("svg"), let caption = node.first("figcaption"),
      let title = Node.element(caption).first("b")?.text
    else { return nil }
    self.title = title
    self.drawing = drawing
    note = Node.element(caption).first("span")?.text
    let stem = Self.stem(of: title)
    name =
      names.contains(stem)
      ? (2...).lazy.map { "\(stem)-\($0)" }.first { !names.contains($0) } ?? stem : stem
  }

  private static func stem(of title: String) -> String {
    title.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
      .joined(separator: "-")
  }
}

extension ReportPage {
  /// Every figure of the page, in its order.
  package var figures: [ReportFigure] {
    var figures: [ReportFigure] = []
    for section in sections {
      for node in section.content { node.addFigures(to: &figures) }
    }
    return figures
  }
}

extension Node {
  fileprivate func addFigures(to figures: inout [ReportFigure]) {
    if let figure = ReportFigure(self, otherThan: Set(figures.map(\.name))) {
      figures.append(figure)
    } else if case .element(let element) = self {
      for child in element.children { child.addFigures(to: &figures) }
    }
  }

  /// The first element of a name among the descendants.
  fileprivate func first(_ name: String) -> Element? {
    guard case .element(let element) = self else { return nil }
    for child in element.children {
      if case .element(let own) = child, own.name == name { return own }
      if let found = child.first(name) { return found }
    }
    return nil
  }
}

extension Node.Element {
  /// The text of all descendants.
  fileprivate var text: String {
    children.map { child in
      switch child {
      case .text(let text): text
      case .element(let element): element.text
      case .gap: ""
      }
    }.joined()
  }
}
