internal import Records

/// What a chart draws, one thing over the other.
package enum Layer: Sendable {
  /// Counts as shades.
  ///
  /// - Parameter what: is counted, in the plural.
  case density(DensityGrid, what: String)
  /// The shares of a histogram's bins as steps with a tint below.
  case histogram(Histogram, SeriesColor, label: String)
  case line([Point], SeriesColor, label: String)
  /// The area between two lines.
  case band([Interval], SeriesColor, label: String)
  /// Dots with a line through them, and what they may be off by.
  case dots([Interval], SeriesColor, label: String)
  /// Marks of one shape without a line.
  case marks([Point], SeriesColor, MarkShape, label: String)
  /// A line across at one height.
  case rule(Double)

  /// A value and the bounds around it, over one place.
  package struct Interval: Sendable {
    package var x: Double
    package var y: Double
    package var lower: Double
    package var upper: Double
    /// What the value rests on; nil where that is said elsewhere.
    package var count: Int?

    package init(x: Double, y: Double, lower: Double, upper: Double, count: Int? = nil) {
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
      self.count = count
    }

    package init(_ point: Point, count: Int? = nil) {
      self.init(x: point.x, y: point.y, lower: point.y, upper: point.y, count: count)
    }
  }

  /// What stands in the legend; nil for nothing.
  var label: String? {
    switch self {
    case .rule: nil
    case .density(let grid, let what):
      grid.most == 0
        ? nil : grid.most == 1 ? "1 of the \(what)" : "1 to \(Quantity.count(grid.most)) \(what)"
    case .histogram(_, _, let label), .line(_, _, let label), .band(_, _, let label),
      .dots(_, _, let label), .marks(_, _, _, let label):
      label.isEmpty ? nil : label
    }
  }

  var ink: SeriesColor {
    switch self {
    case .density: .density
    case .rule: .neutral
    case .histogram(_, let ink, _), .line(_, let ink, _), .band(_, let ink, _),
      .dots(_, let ink, _), .marks(_, let ink, _, _):
      ink
    }
  }
}

/// A colour by what it stands for, and whether lines in it are dashed, so that no two need colour
/// to be told apart.
package enum SeriesColor: String, Sendable {
  case before, after, chosen, rejected, curve, density, neutral

  var isDashed: Bool { self == .before || self == .rejected }
}
