/// A table of texts.
package struct DataTable {
  package var header: [String]
  package var rows: [[String]]
  /// Columns of text, to the left; the others hold numbers.
  package var textColumns: Set<Int>

  package init(_ header: [String], _ rows: [[String]], textColumns: Set<Int> = [0]) {
    self.header = header
    self.rows = rows
    self.textColumns = textColumns
  }

  /// The most rows that a page shows.
  private static let rowLimit = 200
  /// The most UTF-8 bytes of a cell.
  private static let cellLimit = 400

  /// The table, which scrolls by itself where the page is narrower.
  ///
  /// - Parameter label: What the table holds, for those who do not see it.
  @NodeBuilder
  package func nodes(label: String) -> [Node] {
    tag("div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": label]) {
      tag("table") {
        tag("thead") {
          tag("tr") {
            for (column, text) in header.enumerated() {
              tag("th", ["scope": "col", "class": kind(of: column)]) { text }
            }
          }
        }
        tag("tbody") {
          for cells in rows.prefix(Self.rowLimit) {
            tag("tr") {
              for (column, text) in cells.enumerated() {
                tag("td", ["class": kind(of: column), "dir": "auto"]) {
                  text.cut(toBytes: Self.cellLimit)
                }
              }
            }
          }
        }
      }
    }
    if rows.count > Self.rowLimit {
      tag("p", ["class": "note"]) { "\(rows.count - Self.rowLimit) more rows not shown." }
    }
  }

  private func kind(of column: Int) -> String { textColumns.contains(column) ? "text" : "number" }
}

extension String {
  /// The beginning of the text, with an ellipsis where something was cut.
  ///
  /// By bytes, not characters, of which one can be of any size.
  func cut(toBytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: limit)
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end]) + " …"
  }
}
