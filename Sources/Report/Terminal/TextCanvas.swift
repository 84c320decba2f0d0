internal import Records

/// The cells of a chart on a terminal.
struct TextCanvas {
  let x: Axis
  let y: Axis
  let columns: Int
  let rows: Int
  let glyphs: Glyphs
  /// By row, the highest first.
  private(set) var cells: [[Character]]
  /// Whether marks of two layers stand in one cell.
  private(set) var sharesCells = false

  init(_ chart: Chart, columns: Int, rows: Int, glyphs: Glyphs) {
    (x, y) = (chart.x, chart.y)
    (self.columns, self.rows, self.glyphs) = (columns, rows, glyphs)
    cells = Array(repeating: Array(repeating: " ", count: columns), count: rows)
    // What is fine lies over what is broad.
    for layer in chart.layers { drawGround(layer) }
    for layer in chart.layers { drawLine(layer) }
    for layer in chart.layers { drawWhiskers(layer) }
    drawMarks(chart.layers)
  }

  // MARK: Places

  /// The column of a value; nil outside of the axis and for NaN.
  func column(of value: Double) -> Int? { Self.cell(of: value, on: x, count: columns) }

  /// The row of a value, counted from above.
  func row(of value: Double) -> Int? {
    Self.cell(of: value, on: y, count: rows).map { rows - 1 - $0 }
  }

  private static func cell(of value: Double, on axis: Axis, count: Int) -> Int? {
    let part = (value - axis.range.lowerBound) / axis.range.length
    guard part >= 0, part <= 1 else { return nil }
    return min(count - 1, Int(clamped: part * Double(count)))
  }

  /// The value in the middle of one of some parts of the horizontal axis.
  private func place(_ part: Int, of count: Int) -> Double {
    x.range.lowerBound + x.range.length * ((Double(part) + 0.5) / Double(count))
  }

  private mutating func fill(_ column: Int, from low: Double, to high: Double, _ glyph: Character) {
    guard low <= high, high >= y.range.lowerBound, low <= y.range.upperBound,
      let top = row(of: min(high, y.range.upperBound)),
      let bottom = row(of: max(low, y.range.lowerBound))
    else { return }
    for row in top...bottom { cells[row][column] = glyph }
  }

  // MARK: Layers

  private mutating func drawGround(_ layer: Layer) {
    switch layer {
    case .band(let intervals, _, _):
      let lower = intervals.map { Point(x: $0.x, y: $0.lower) }
      let upper = intervals.map { Point(x: $0.x, y: $0.upper) }
      for column in 0..<columns {
        let place = place(column, of: columns)
        guard let low = lower.height(at: place), let high = upper.height(at: place) else {
          continue
        }
        fill(column, from: low, to: high, glyphs.band)
      }
    case .rule(let height):
      guard let row = row(of: height) else { return }
      for column in 0..<columns { cells[row][column] = glyphs.rule }
    case .histogram(let histogram, _, _): drawBars(histogram)
    // Shades would hide a line in the same cells.
    case .density, .line, .dots, .marks: break
    }
  }

  /// Bars from the floor; a bin that holds anything is seen.
  private mutating func drawBars(_ histogram: Histogram) {
    let bins = histogram.bins
    let half = x.range.length / Double(columns) / 2
    for column in 0..<columns {
      let middle = place(column, of: columns)
      // Of several bins in a column the highest.
      let first = ((middle - half - bins.start) / bins.width).rounded(.down)
      let last = ((middle + half - bins.start) / bins.width).rounded(.up) - 1
      let low = max(0, Int(clamped: first))
      let high = min(bins.count - 1, Int(clamped: last))
      guard low <= high else { continue }
      let share = (low...high).map(histogram.share).max() ?? 0
      guard share > 0 else { continue }
      let part = min(1, share / y.range.upperBound)
      var steps = max(1, Int(clamped: (part * Double(rows * glyphs.barSteps)).rounded()))
      for row in (0..<rows).reversed() where steps > 0 {
        cells[row][column] = glyphs.bar(steps)
        steps -= glyphs.barSteps
      }
    }
  }

  /// A line without gaps: in each column of dots as many as it rises there.
  private mutating func drawLine(_ layer: Layer) {
    guard case .line(let points, _, _) = layer else { return }
    let (across, down) = glyphs.dots
    var patterns = Array(repeating: Array(repeating: UInt8(0), count: columns), count: rows)
    func dot(_ height: Double) -> Int {
      let part = (y.range.upperBound - height) / y.range.length * Double(rows * down)
      return min(rows * down - 1, max(0, Int(clamped: part)))
    }
    var before: Int?
    for column in 0..<columns * across {
      guard let height = points.height(at: place(column, of: columns * across)),
        height >= y.range.lowerBound, height <= y.range.upperBound
      else {
        before = nil
        continue
      }
      let here = dot(height)
      let last = before ?? here
      // From behind the dots of the column before.
      let reached = last < here ? min(last + 1, here)...here : here...max(here, last - 1)
      for dot in last == here ? here...here : reached {
        patterns[dot / down][column / across] |= Glyphs.bit(
          column: column % across, row: dot % down)
      }
      before = here
    }
    for row in 0..<rows {
      for column in 0..<columns where patterns[row][column] != 0 {
        cells[row][column] = glyphs.line(patterns[row][column])
      }
    }
  }

  private mutating func drawWhiskers(_ layer: Layer) {
    guard case .dots(let intervals, let ink, _) = layer else { return }
    for interval in intervals {
      guard let column = column(of: interval.x) else { continue }
      fill(column, from: interval.lower, to: interval.upper, glyphs.whisker(ink))
    }
  }

  private mutating func drawMarks(_ layers: [Layer]) {
    var taken: [[Bool]] = Array(repeating: Array(repeating: false, count: columns), count: rows)
    for layer in layers {
      let points: [Point]
      switch layer {
      case .dots(let intervals, _, _): points = intervals.map { Point(x: $0.x, y: $0.y) }
      case .marks(let marks, _, _, _): points = marks
      case .density, .histogram, .line, .band, .rule: continue
      }
      var own: [(row: Int, column: Int)] = []
      for point in points {
        guard let column = column(of: point.x), let row = row(of: point.y) else { continue }
        cells[row][column] = taken[row][column] ? glyphs.bothMarks : glyphs.mark(layer.ink)
        sharesCells = sharesCells || taken[row][column]
        own.append((row, column))
      }
      for place in own { taken[place.row][place.column] = true }
    }
  }
}

extension [Point] {
  /// The height of the line through the points, which are in order, at a place; nil where there is
  /// none.
  fileprivate func height(at place: Double) -> Double? {
    guard let first, let last, place >= first.x, place <= last.x else { return nil }
    var (low, high) = (startIndex, index(before: endIndex))
    while high - low > 1 {
      let middle = (low + high) / 2
      if self[middle].x <= place { low = middle } else { high = middle }
    }
    let (left, right) = (self[low], self[high])
    let part = right.x > left.x ? (place - left.x) / (right.x - left.x) : 0
    let height = left.y * (1 - part) + right.y * part
    return height.isFinite ? height : nil
  }
}
