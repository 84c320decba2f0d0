/// What lines, areas, marks and shades stand for, in rows above a plot.
struct Legend {
  struct Entry {
    let label: String
    let ink: SeriesColor
    /// Draws the key, 16 wide, from its left end at the height of its middle.
    let key: (_ x: Double, _ y: Double) -> [Node]
  }

  /// The entries by row, each with the place where it begins.
  private let rows: [[(entry: Entry, place: Double)]]

  private static let rowHeight = 17.0

  /// - Parameter right: where rows end about.
  init(_ entries: [Entry], from left: Double, to right: Double) {
    var rows: [[(entry: Entry, place: Double)]] = [[]]
    var place = left
    for entry in entries {
      // Letters are about half as wide as high, and higher on phones.
      let width = 38 + Double(entry.label.unicodeScalars.count) * 7.2
      if place > left, place + width > right {
        rows.append([])
        place = left
      }
      rows[rows.count - 1].append((entry, place))
      place += width
    }
    self.rows = rows
  }

  /// What the rows but the first take above the drawing.
  var overhang: Double { Self.rowHeight * Double(rows.count - 1) }

  /// - Parameter bottom: The height of the middle of the last row.
  func nodes(bottom: Double) -> [Node] {
    rows.enumerated().flatMap { number, row in
      let y = bottom - Self.rowHeight * Double(rows.count - 1 - number)
      return row.flatMap { entry, place in
        [
          tag("g", ["class": entry.ink.rawValue]) { entry.key(place, y) },
          .label(entry.label, "", x: place + 21, y: y + 4, anchor: "start"),
        ]
      }
    }
  }
}
