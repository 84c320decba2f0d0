internal import Records

/// What becomes of many things step by step: a stream from above, from which branches part.
package struct FlowChart {
  /// A step, with what is left there and what parted before the next.
  package struct Step {
    package var label: String
    package var count: Int
    /// What leaves the stream below this step, by reason.
    package var branches: [(label: String, count: Int)]

    package init(_ label: String, _ count: Int, branches: [(label: String, count: Int)] = []) {
      self.label = label
      self.count = count
      self.branches = branches.filter { $0.count > 0 }
    }
  }

  package var title: String
  package var note: String?
  package var steps: [Step]

  package init(_ title: String, note: String? = nil, steps: [Step]) {
    self.title = title
    self.note = note
    self.steps = steps
  }

  private static let left = 8.0
  private static let streamWidth = 160.0
  private static let barHeight = 10.0
  /// The least height of a branch with its label, and what parts it from the step above.
  private static let rowHeight = 20.0
  fileprivate static let branchEnd = 192.0
  private static let labelPlace = 202.0

  /// The figure.
  package func figure() -> Node {
    let total = Double(max(1, steps.first?.count ?? 1))
    func width(_ count: Int) -> Double { max(0.5, Self.streamWidth * Double(count) / total) }
    var nodes: [Node] = []
    var y = 6.0
    for (number, step) in steps.enumerated() {
      nodes.append(
        .box("solid", x: Self.left, y: y, width: width(step.count), height: Self.barHeight))
      nodes.append(
        .label(text(step.count, of: total), "", x: Self.labelPlace, y: y + 9, anchor: "start"))
      nodes.append(.label(step.label, "tick", x: Self.labelPlace, y: y + 24, anchor: "start"))
      y += Self.barHeight
      guard number < steps.count - 1 else { break }
      // The stream narrows from the right, a branch at a time.
      var rest = step.count
      var next = y + Self.rowHeight
      for branch in step.branches {
        let thickness = width(branch.count)
        let height = max(Self.rowHeight, thickness + 4)
        let middle = next + height / 2
        rest -= branch.count
        let start = Self.left + (rest > 0 ? width(rest) : 0)
        nodes.append(.branch(from: start, thickness: thickness, top: y, middle: middle))
        nodes.append(
          .label(
            "\(Quantity.count(branch.count)) \(branch.label)", "tick", x: Self.labelPlace,
            y: middle + 4, anchor: "start"))
        next += height
      }
      next += 6
      nodes.append(.box("area", x: Self.left, y: y, width: width(rest), height: next - y))
      y = next
    }
    return tag("figure") {
      Node.caption(title, note: note)
      Node.drawing(title, height: y + 24) { tag("g", ["class": "after"]) { nodes } }
      tag("details") {
        tag("summary") { "Numbers" }
        table.nodes(label: title)
      }
    }
  }

  private var table: DataTable {
    DataTable(
      ["", "count"],
      steps.flatMap { step in
        [[step.label, Quantity.count(step.count)]]
          + step.branches.map { ["– \($0.label)", Quantity.count($0.count)] }
      })
  }

  private func text(_ count: Int, of total: Double) -> String {
    "\(Quantity.count(count)) (\(Quantity.percent(Double(count) / total)))"
  }
}

extension Node {
  /// A part of the stream that bends to the right and ends beside its label.
  fileprivate static func branch(
    from left: Double, thickness: Double, top: Double, middle: Double
  ) -> Node {
    func place(_ x: Double, _ y: Double) -> String { "\(PlotArea.text(x)) \(PlotArea.text(y))" }
    let right = left + thickness
    let (upper, lower) = (middle - thickness / 2, middle + thickness / 2)
    let path = [
      "M\(place(right, top))",
      "C\(place(right, upper)) \(place(right, upper)) \(place(FlowChart.branchEnd, upper))",
      "V\(PlotArea.text(lower))",
      "C\(place(left, lower)) \(place(left, lower)) \(place(left, top))Z",
    ]
    return Node.path("area neutral", path.joined())
  }
}
