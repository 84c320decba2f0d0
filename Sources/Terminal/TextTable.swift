internal import Records
internal import Text

/// Lines of cells in columns; a cell stays in its place, whatever data it holds.
///
/// Where lines may not be as wide as they are, prose and titles are wrapped and names are cut in their
/// middle, then intervals go below their figures, then the columns are in several tables one below the other, and in
/// the end each row is a list. A row of one cell is a heading of those below it.
package struct TextTable {
  /// What stands in a column.
  package enum Column {
    /// The program's own words.
    case label
    /// A name of data, which may be cut in its middle.
    case name
    /// Figures, below each other by their points.
    case figure
    /// Sentences, which may be wrapped.
    case prose
  }

  private let columns: [Column]
  private let hasHeader: Bool
  /// How many of the first columns stand in each part of a table that is too wide.
  private let repeatedColumns: Int
  private var rows: [[String]] = []

  /// No column is narrowed to fewer cells than these, names and labels in the end to the last.
  private static let leastName = 20
  private static let leastProse = 20
  private static let leastText = 12
  private static let gap = 2

  /// - Parameters:
  ///   - columns: the first; those that follow are like the last.
  ///   - hasHeader: whether the first row tells what stands below.
  ///   - repeatedColumns: how many of the first columns are repeated where a table is parted.
  package init(
    _ columns: [Column] = [.label, .figure], hasHeader: Bool = false,
    keeping repeatedColumns: Int = 1
  ) {
    self.columns = columns
    self.hasHeader = hasHeader
    self.repeatedColumns = repeatedColumns
  }

  package mutating func add(_ cells: String...) { rows.append(cells.map(\.shown)) }

  package mutating func add(_ cells: [String]) { rows.append(cells.map(\.shown)) }

  private func kind(of column: Int) -> Column { columns[min(column, columns.count - 1)] }

  /// The table's lines.
  ///
  /// - Parameters:
  ///   - width: the cells that a line may take; nil for any.
  ///   - indent: the spaces that lines begin with.
  package func text(width: Int? = nil, indent: Int = 2) -> String {
    lines(width: max(1, (width ?? .max) - indent)).map { line in
      line.isEmpty ? "\n" : String(repeating: " ", count: indent) + line + "\n"
    }.joined()
  }

  private func lines(width: Int) -> [String] {
    let all = Array(0..<(rows.map(\.count).max() ?? 0))
    for layout in [Layout(), Layout(stacks: true)] {
      if let lines = laidOut(all, width: width, layout) { return lines }
    }
    return parted(all, width: width, [Layout(), Layout(stacks: true)])
      ?? laidOut(all, width: width, Layout(stacks: true, wraps: true))
      ?? parted(all, width: width, [Layout(stacks: true, wraps: true)])
      ?? lists(width: width)
  }

  /// How a table gives way.
  private struct Layout {
    /// Whether what is in brackets stands below its figure.
    var stacks = false
    /// Whether labels are wrapped.
    var wraps = false
  }

  /// The columns in tables one below the other, as many in each as it holds; nil where one does not
  /// fit.
  private func parted(_ all: [Int], width: Int, _ layouts: [Layout]) -> [String]? {
    guard hasHeader, all.count > repeatedColumns else { return nil }
    var parts: [[String]] = []
    var rest = all.dropFirst(repeatedColumns)
    while !rest.isEmpty {
      var part: (count: Int, lines: [String])?
      for size in 1...rest.count {
        let columns = Array(all.prefix(repeatedColumns) + rest.prefix(size))
        let found = layouts.lazy.compactMap { laidOut(columns, width: width, $0) }.first
        guard let found else { break }
        part = (size, found)
      }
      guard let part else { return nil }
      parts.append(part.lines)
      rest = rest.dropFirst(part.count)
    }
    return Array(parts.joined(separator: [""]))
  }

  /// Some columns beside each other; nil where they do not fit.
  private func laidOut(_ numbers: [Int], width: Int, _ layout: Layout) -> [String]? {
    let isHeading = self.rows.map { $0.count == 1 && numbers.count > 1 }
    let rows = zip(self.rows, isHeading).map { row, isHeading in
      numbers.map { $0 < row.count && !isHeading ? row[$0] : "" }
    }
    let kinds = numbers.map(kind)
    var blocks: [[[String]]] = []
    var widths: [Int] = []
    for (place, kind) in kinds.enumerated() {
      let cells = rows.map { $0[place] }
      blocks.append(
        kind == .figure ? figures(cells, stacks: layout.stacks) : cells.map { [$0] })
      widths.append(blocks[place].flatMap { $0 }.map(\.cellWidth).max() ?? 0)
    }
    let excess = { widths.reduce(-Self.gap) { $0 + $1 + Self.gap } - width }
    func narrow(_ wanted: Column, to least: Int) {
      while excess() > 0 {
        let flexible = kinds.indices.filter { kinds[$0] == wanted && widths[$0] > least }
        guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
        let next = flexible.filter { $0 != widest }.map { widths[$0] }.max() ?? least
        widths[widest] -= min(excess(), max(1, widths[widest] - next))
        widths[widest] = max(least, widths[widest])
      }
    }
    narrow(.prose, to: Self.leastProse)
    if hasHeader, excess() > 0 {
      for place in kinds.indices where kinds[place] == .figure {
        blocks[place] = figures(
          [""] + rows.dropFirst().map { $0[place] }, stacks: layout.stacks)
        let cells = blocks[place].flatMap { $0 }.map(\.cellWidth).max() ?? 0
        blocks[place][0] = Self.wrappedTitle(rows[0][place], width: cells)
        widths[place] = max(cells, blocks[place][0].map(\.cellWidth).max() ?? 0)
      }
    }
    narrow(.name, to: Self.leastName)
    if layout.wraps {
      narrow(.label, to: Self.leastText)
      narrow(.name, to: Self.leastText)
    }
    guard excess() <= 0 else { return nil }
    for (place, kind) in kinds.enumerated() {
      let cells = rows.map { $0[place] }
      switch kind {
      case .figure: break
      case .name:
        let names = ShortNames(cells, cells: widths[place])
        blocks[place] = cells.map { [names[$0]] }
      case .prose, .label:
        blocks[place] = cells.map { cell in
          let margin = cell.prefix { $0 == " " }
          return String(cell.dropFirst(margin.count))
            .wrapped(width: widths[place] - margin.count).map { margin + $0 }
        }
      }
    }
    return rows.indices.flatMap { row -> [String] in
      if isHeading[row] { return self.rows[row][0].wrapped(width: width) }
      let height = blocks.map { $0[row].count }.max() ?? 0
      return (0..<height).map { line in
        var text = ""
        for place in kinds.indices {
          // Titles stand upon their columns.
          let skipped = hasHeader && row == 0 ? height - blocks[place][row].count : 0
          let number = line - skipped
          let cell = blocks[place][row].indices.contains(number) ? blocks[place][row][number] : ""
          let isRight = kinds[place] == .figure
          text +=
            isRight
            ? cell.indented(toCells: widths[place]) : cell.padded(toCells: widths[place])
          if place < kinds.count - 1 { text += String(repeating: " ", count: Self.gap) }
        }
        while text.last == " " { text.removeLast() }
        return text
      }
    }
  }

  /// Cells of figures as they stand below each other, each as wide as the widest.
  private func figures(_ texts: [String], stacks: Bool) -> [[String]] {
    let cells = texts.enumerated().map { FigureCell($1, isWords: hasHeader && $0 == 0) }
    let count = cells.map(\.parts.count).max() ?? 0
    var heads = Array(repeating: 0, count: count)
    var tails = heads
    for cell in cells {
      for (number, part) in cell.parts.enumerated() {
        heads[number] = max(heads[number], part.head.cellWidth)
        tails[number] = max(tails[number], part.tail.cellWidth)
      }
    }
    func aligned(_ part: FigureCell.Part, _ number: Int) -> String {
      part.head.indented(toCells: heads[number]) + part.tail.padded(toCells: tails[number])
    }
    // Where a bracket behind something else begins a line of its own.
    let bracket = (0..<count).dropFirst().first { number in
      cells.contains { number < $0.parts.count && $0.parts[number].head.hasPrefix("[") }
    }
    let lines: [Range<Int>] =
      stacks && bracket != nil
      ? [0..<(bracket ?? 0), (bracket ?? 0)..<count] : [0..<count]
    let widths = lines.map { line in
      line.reduce(-1) { $0 + 1 + heads[$1] + tails[$1] }
    }
    let width = max(
      widths.max() ?? 0, cells.filter(\.parts.isEmpty).map(\.text.cellWidth).max() ?? 0)
    // Words stand over the first figures if they are no wider.
    let first = count > 0 ? heads[0] + tails[0] : 0
    return cells.map { cell in
      if cell.parts.isEmpty {
        let place = cell.text.cellWidth <= first ? (widths.first ?? 0) - first : 0
        return [
          cell.text.isEmpty
            ? "" : (cell.text + String(repeating: " ", count: place)).indented(toCells: width)
        ]
      }
      return lines.enumerated().compactMap { number, line in
        let parts = line.map {
          $0 < cell.parts.count
            ? aligned(cell.parts[$0], $0) : String(repeating: " ", count: heads[$0] + tails[$0])
        }
        guard number == 0 || line.contains(where: { $0 < cell.parts.count }) else { return nil }
        return parts.joined(separator: " ").indented(toCells: width)
      }
    }
  }

  /// A title in lines no wider than its longest part, or than `width` where that is more; parts end with
  /// a space or a hyphen.
  private static func wrappedTitle(_ title: String, width: Int) -> [String] {
    let parts = title.split(separator: " ").map { word in
      word.split(separator: "-").map(String.init)
    }
    let longest =
      parts.flatMap { word in
        word.enumerated().map { $1.cellWidth + ($0 < word.count - 1 ? 1 : 0) }
      }.max() ?? 0
    let width = max(width, longest)
    var lines = [""]
    for word in parts {
      for (number, part) in word.enumerated() {
        let text = part + (number < word.count - 1 ? "-" : "")
        let space = number == 0 && !(lines.last ?? "").isEmpty ? " " : ""
        if (lines.last ?? "").cellWidth + space.count + text.cellWidth > width {
          lines.append(text)
        } else {
          lines[lines.count - 1] += space + text
        }
      }
    }
    return lines
  }

  /// Each row as a list, for the narrowest of terminals.
  private func lists(width: Int) -> [String] {
    let header = hasHeader ? rows.first ?? [] : []
    return rows.dropFirst(hasHeader ? 1 : 0).flatMap { row -> [String] in
      let name = row.prefix(1).flatMap { $0.wrapped(width: width) }
      let cells = row.enumerated().dropFirst().filter { !$1.isEmpty }
      return name
        + cells.flatMap { column, cell in
          let title = column < header.count && !header[column].isEmpty ? "\(header[column]): " : ""
          return (title + cell).wrapped(width: max(1, width - 2)).map { "  " + $0 }
        }
    }
  }
}
