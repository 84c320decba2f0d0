internal import Text

/// Charts of one horizontal axis, one below the other, in lines for a terminal.
package struct TextFigure: Sendable {
  /// The first is the highest.
  package var charts: [Chart]
  package var glyphs: Glyphs

  /// No fewer columns show a figure.
  package static let leastWidth = 24
  private static let leastColumns = 10
  private static let margin = 2

  /// - Parameter charts: with the same horizontal axis.
  package init(_ charts: [Chart], glyphs: Glyphs) {
    self.charts = charts
    self.glyphs = glyphs
  }

  /// The figure in lines of at most so many cells; none where it is too narrow.
  package func lines(width: Int) -> [String] {
    guard width >= Self.leastWidth, let first = charts.first else { return [] }
    let heights = charts.indices.map { $0 == 0 ? min(16, max(8, width / 6)) : 3 }
    let ticks = zip(charts, heights).map { $0.y.ticks(about: max(2, $1 / 2)) }
    let labels = ticks.flatMap { $0 }.map { glyphs.text($0.text).cellWidth }.max() ?? 0
    // Where numbers leave no room, the plot has it.
    let gutter = width - labels - Self.margin - 2 >= Self.leastColumns ? labels : 0
    let columns = width - gutter - Self.margin - 2
    let indent = String(repeating: " ", count: Self.margin)
    func wrapped(_ text: String) -> [String] {
      glyphs.text(text).wrapped(width: width - Self.margin).map { indent + $0 }
    }

    var lines = glyphs.text(first.title).wrapped(width: width)
    var sharesCells = false
    for (number, chart) in charts.enumerated() {
      lines += wrapped(chart.y.label)
      let canvas = TextCanvas(chart, columns: columns, rows: heights[number], glyphs: glyphs)
      sharesCells = sharesCells || canvas.sharesCells
      var texts: [Int: String] = [:]
      for tick in ticks[number] where gutter > 0 {
        guard let row = canvas.row(of: tick.value), texts[row] == nil else { continue }
        texts[row] = glyphs.text(tick.text)
      }
      for (row, cells) in canvas.cells.enumerated() {
        let text = (texts[row] ?? "").indented(toCells: gutter)
        let axis = texts[row] == nil ? glyphs.axis : glyphs.axisTick
        lines.append((indent + text + " " + String(axis) + String(cells)).trimmingEnd)
      }
      if number == charts.count - 1 {
        lines += floor(canvas, start: Self.margin + gutter + 1, width: width)
      }
    }
    lines += wrapped(first.x.label)
    lines += legend(width: width - Self.margin, sharesCells: sharesCells).map { indent + $0 }
    for chart in charts { lines += chart.note.map(wrapped) ?? [] }
    return lines
  }

  /// The horizontal axis with the values below it.
  private func floor(_ canvas: TextCanvas, start: Int, width: Int) -> [String] {
    var line = Array(repeating: glyphs.floor, count: canvas.columns)
    var values = ""
    for tick in canvas.x.ticks(about: max(2, canvas.columns / 9)) {
      guard let column = canvas.column(of: tick.value) else { continue }
      let text = glyphs.text(tick.text)
      let size = text.cellWidth
      // Below its mark, but not beyond the line.
      let place = max(0, min(start + 1 + column - (size - 1) / 2, width - size))
      guard values.isEmpty || place >= values.cellWidth + 1 else { continue }
      line[column] = glyphs.floorTick
      values = values.padded(toCells: place) + text
    }
    return [String(repeating: " ", count: start) + String(glyphs.corner) + String(line), values]
  }

  /// What lines and marks stand for.
  private func legend(width: Int, sharesCells: Bool) -> [String] {
    var lines: [String] = []
    var entries = charts.flatMap(\.layers).compactMap { layer in
      layer.label.map { "\(key(of: layer)) \(glyphs.text($0))" }
    }
    if sharesCells { entries.append("\(glyphs.bothMarks) both") }
    for entry in entries {
      if let last = lines.last, last.cellWidth + 3 + entry.cellWidth <= width {
        lines[lines.count - 1] = last + "   " + entry
      } else {
        lines += entry.wrapped(width: width)
      }
    }
    return lines
  }

  private func key(of layer: Layer) -> Character {
    switch layer {
    case .line: glyphs == .unicode ? "⠒" : "*"
    case .band: glyphs.band
    case .histogram: glyphs.bar(glyphs.barSteps)
    case .dots, .marks: glyphs.mark(layer.ink)
    case .rule: glyphs.rule
    case .density: " "
    }
  }
}

extension String {
  fileprivate var trimmingEnd: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
