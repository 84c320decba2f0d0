internal import Records

/// Lines of cells in columns; a cell stays in its place, whatever data it holds.
struct TextTable {
  private var rows: [[String]] = []

  mutating func add(_ cells: String...) { rows.append(cells.map(\.shown)) }

  mutating func add(_ cells: [String]) { rows.append(cells.map(\.shown)) }

  /// The lines; where they are wider than they may be, the columns are in several tables one below
  /// the other.
  ///
  /// - Parameters:
  ///   - width: of a line; nil for any.
  ///   - keeping: how many of the first columns each of those tables has.
  ///   - leftAligned: the columns of text.
  func text(width: Int?, keeping kept: Int, leftAligned: Set<Int>) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let start = widths.prefix(kept).reduce(0) { $0 + $1 + 2 }
    var parts: [[Int]] = []
    var used = 0
    for column in kept..<columns {
      if parts.isEmpty || used + widths[column] + 2 > (width ?? .max) {
        parts.append(Array(0..<kept))
        used = start
      }
      parts[parts.count - 1].append(column)
      used += widths[column] + 2
    }
    return parts.map { part in
      var table = TextTable()
      for row in rows { table.add(part.compactMap { $0 < row.count ? row[$0] : nil }) }
      return table.text(leftAligned: Set(part.indices.filter { leftAligned.contains(part[$0]) }))
    }.joined(separator: "\n")
  }

  /// The lines, indented by `indent` spaces, some columns to the left, the others to the right.
  func text(indent: Int = 2, leftAligned: Set<Int> = [0]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var text = ""
    for row in rows {
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += column == 0 ? "" : "  "
        line += leftAligned.contains(column) ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }
}
