/// Names cut in the middle where they are too wide, such that different names stay different.
///
/// Paths of one folder begin and end alike, so where they are cut depends on all of them: at first in
/// the middle, then wherever one cut leaves what tells them apart, then behind what all begin with.
/// Names that nothing of this tells apart are numbered.
package struct ShortNames: Sendable {
  private var short: [String: String] = [:]

  /// - Parameters:
  ///   - names: all that stand beside each other.
  ///   - cells: the cells of a terminal that each may take; at least 1.
  package init(_ names: [String], cells: Int) {
    let cells = max(1, cells)
    var seen: Set<String> = []
    let distinct = names.filter { seen.insert($0).inserted }
    let long = distinct.filter { $0.cellWidth > cells }
    guard !long.isEmpty else { return }
    let whole = Set(distinct).subtracting(long)
    for tail in Self.tails(cells) {
      let cut = long.map { $0.cut(toCells: cells, tail: tail) }
      if Set(cut).count == cut.count, whole.isDisjoint(with: cut) {
        short = Dictionary(uniqueKeysWithValues: zip(long, cut))
        return
      }
    }
    var taken = whole
    let cut = Self.withoutCommonStart(long, cells: cells)
    for (name, cut) in zip(long, cut) {
      var unique = cut
      var number = 2
      while !taken.insert(unique).inserted, number <= long.count + 1 {
        let mark = "#\(number)"
        unique = name.cut(toCells: max(1, cells - mark.count)) + mark
        number += 1
      }
      short[name] = String(unique.prefix(cells: cells))
    }
  }

  /// A name as it is shown.
  package subscript(name: String) -> String { short[name] ?? name }

  /// The cells that may be left behind the cut, from half of them to all and none.
  private static func tails(_ cells: Int) -> [Int] {
    let middle = (cells - 1) / 2
    return (0..<cells).sorted { (abs($0 - middle), $1) < (abs($1 - middle), $0) }
  }

  /// A few of the first characters, and what follows those that all names begin with.
  private static func withoutCommonStart(_ names: [String], cells: Int) -> [String] {
    let characters = names.map(Array.init)
    var common = characters.map(\.count).min() ?? 0
    for other in characters.dropFirst() {
      common = zip(characters[0], other).prefix(common).prefix { $0 == $1 }.count
    }
    let start = cells / 4
    guard common > start + 1 else { return names.map { $0.cut(toCells: cells) } }
    return characters.map { name in
      let rest = String(name.dropFirst(common - 1)).cut(toCells: cells - start - 1)
      return String(name.prefix(start)).prefix(cells: start) + "…" + rest
    }
  }
}

extension String {
  /// The text, with an ellipsis in its middle where it takes more cells than it may.
  ///
  /// - Parameters:
  ///   - cells: of a terminal, at least 1.
  ///   - tail: how many of them what follows the ellipsis takes; nil for half.
  package func cut(toCells cells: Int, tail: Int? = nil) -> String {
    guard cellWidth > cells else { return self }
    let tail = min(tail ?? (cells - 1) / 2, cells - 1)
    return prefix(cells: max(0, cells - 1 - tail)) + "…" + suffix(cells: max(0, tail))
  }
}
