package import Columns

/// How many points lie in each cell of a grid, and what their mean height is in each column.
package struct DensityGrid: Sendable {
  package let columns: Bins
  package let rows: Bins
  /// By column, then by row.
  package private(set) var counts: [Int]
  /// Points in no cell.
  package private(set) var outside = 0
  /// Of all points over a column, those above and below the grid too.
  private var sums: [(count: Int, height: Double)]

  /// Counts points, which are given by their places and heights; those with NaN are left out.
  package init(
    of places: any NumberSource, _ heights: any NumberSource, columns: Bins, rows: Bins
  ) {
    self.columns = columns
    self.rows = rows
    counts = Array(repeating: 0, count: columns.count * rows.count)
    sums = Array(repeating: (0, 0), count: columns.count)
    places.forEachBlock(beside: heights) { places, heights in
      for index in places.indices {
        let (x, y) = (places[index], heights[index])
        guard !x.isNaN, !y.isNaN else { continue }
        guard let column = columns.index(of: x) else {
          outside += 1
          continue
        }
        sums[column].count += 1
        sums[column].height += y
        if let row = rows.index(of: y) {
          counts[column * rows.count + row] += 1
        } else {
          outside += 1
        }
      }
    }
  }

  /// The count of the fullest cell.
  var most: Int { counts.max() ?? 0 }

  package func count(column: Int, row: Int) -> Int { counts[column * rows.count + row] }

  /// Mean heights are taken over about this many groups of neighbouring columns.
  private static let groups = 24

  /// The mean place and height of the points over neighbouring columns, as many columns together
  /// as hold enough points for a steady mean, and how many points that is.
  package var means: [(mean: Point, count: Int)] {
    let total = sums.reduce(0) { $0 + $1.count }
    let enough = max(1, total / Self.groups)
    var means: [(mean: Point, count: Int)] = []
    var group = (count: 0, place: 0.0, height: 0.0)
    for (column, sum) in sums.enumerated() {
      group.count += sum.count
      group.place += Double(sum.count) * columns.center(of: column)
      group.height += sum.height
      guard group.count >= enough || (column == sums.count - 1 && 2 * group.count >= enough) else {
        continue
      }
      let count = Double(group.count)
      means.append((Point(x: group.place / count, y: group.height / count), group.count))
      group = (0, 0, 0)
    }
    return means
  }
}

/// A place in a chart, in the units of its axes.
package struct Point: Equatable, Sendable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
