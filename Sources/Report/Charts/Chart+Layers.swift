internal import Glibc
internal import Records

extension Chart {
  /// A layer as it lies in the plot.
  func drawing(of layer: Layer, in area: PlotArea) -> Node {
    tag("g", ["class": layer.ink.rawValue]) {
      switch layer {
      case .density(let grid, _): cells(of: grid, in: area)
      case .histogram(let histogram, let ink, _): steps(of: histogram, ink, in: area)
      case .line(let points, let ink, _):
        Node.path(ink.isDashed ? "line dashed" : "line", area.path(through: points))
      case .band(let intervals, _, _):
        let outline =
          intervals.map { Point(x: $0.x, y: $0.upper) }
          + intervals.reversed().map { Point(x: $0.x, y: $0.lower) }
        Node.path("area", area.path(through: outline) + "Z")
      case .dots(let intervals, let ink, let label):
        dots(at: intervals, ink, label: label, in: area)
      case .marks(let points, _, let shape, _):
        for point in points {
          tag(
            "path",
            ["class": "hollow", "d": shape.path(x: area.x(point.x), y: area.y(point.y))]
          ) {
            tag("title") { "\(layer.label ?? ""): \(x.text(point.x)), \(y.text(point.y))" }
          }
        }
      case .rule(let height):
        let ends = [x.range.lowerBound, x.range.upperBound].map { Point(x: $0, y: height) }
        Node.path("rule", area.path(through: ends))
      }
    }
  }

  // MARK: Density

  /// Shades, from one point in a cell to the fullest cell, by the logarithm of the count.
  private static let shades = 9

  private func cells(of grid: DensityGrid, in area: PlotArea) -> [Node] {
    let most = log(Double(grid.most) + 1)
    guard most > 0 else { return [] }
    var paths = [String](repeating: "", count: Self.shades)
    for column in 0..<grid.columns.count {
      let left = area.x(grid.columns.lowerEdge(of: column))
      let right = area.x(grid.columns.lowerEdge(of: column + 1))
      for row in 0..<grid.rows.count {
        let count = grid.count(column: column, row: row)
        guard count > 0 else { continue }
        let part = log(Double(count) + 1) / most
        let top = area.y(grid.rows.lowerEdge(of: row + 1))
        let bottom = area.y(grid.rows.lowerEdge(of: row))
        let corner = "M\(PlotArea.text(left)) \(PlotArea.text(top))"
        paths[min(Self.shades - 1, Int(clamped: part * Double(Self.shades)))] +=
          "\(corner)H\(PlotArea.text(right))V\(PlotArea.text(bottom))H\(PlotArea.text(left))Z"
      }
    }
    return paths.enumerated().filter { !$0.element.isEmpty }.map { shade, path in
      tag("path", ["class": "solid", "fill-opacity": Self.opacity(ofShade: shade), "d": path])
    }
  }

  private static func opacity(ofShade shade: Int) -> String {
    Quantity.decimal(0.06 + 0.79 * Double(shade) / Double(shades - 1), places: 2)
  }

  /// The shades of a grid that has some from left to right, 16 wide.
  func shadeScale(of grid: DensityGrid, x: Double, y: Double) -> [Node] {
    let most = log(Double(grid.most) + 1)
    let first = min(Self.shades - 1, Int(clamped: log(2) / max(most, log(2)) * Double(Self.shades)))
    let width = 16 / Double(Self.shades - first)
    return (first..<Self.shades).map { shade in
      let left = PlotArea.text(x + width * Double(shade - first))
      return tag(
        "path",
        [
          "class": "solid", "fill-opacity": Self.opacity(ofShade: shade),
          "d":
            "M\(left) \(PlotArea.text(y - 4))h\(PlotArea.text(width))v9h-\(PlotArea.text(width))Z",
        ])
    }
  }

  // MARK: Histogram

  private func steps(of histogram: Histogram, _ ink: SeriesColor, in area: PlotArea) -> [Node] {
    let bins = histogram.bins
    var outline = [Point(x: bins.start, y: 0)]
    for bin in 0..<bins.count {
      let share = histogram.share(of: bin)
      outline.append(Point(x: bins.lowerEdge(of: bin), y: share))
      outline.append(Point(x: bins.lowerEdge(of: bin + 1), y: share))
    }
    outline.append(Point(x: bins.end, y: 0))
    let path = area.path(through: outline)
    return [.path("area", path), .path(ink.isDashed ? "thin dashed" : "thin", path)]
  }

  // MARK: Dots

  private func dots(
    at intervals: [Layer.Interval], _ ink: SeriesColor, label: String, in area: PlotArea
  ) -> [Node] {
    let whiskers = intervals.map {
      let place = PlotArea.text(area.x($0.x))
      return "M\(place) \(PlotArea.text(area.y($0.lower)))V\(PlotArea.text(area.y($0.upper)))"
    }
    let line = area.path(through: intervals.map { Point(x: $0.x, y: $0.y) })
    let marks = intervals.map { interval in
      tag("g") {
        Node.dot(x: area.x(interval.x), y: area.y(interval.y))
        tag("title") {
          "\(label): \(y.text(interval.y)) at \(x.text(interval.x))"
            + (interval.count.map { ", n = \(Quantity.count($0))" } ?? "")
        }
      }
    }
    return [
      .path("thin", whiskers.joined()), .path(ink.isDashed ? "thin dashed" : "thin", line),
    ] + marks
  }
}
