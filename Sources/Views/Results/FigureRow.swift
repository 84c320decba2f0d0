internal import Records

/// A row of a table for people: a figure under every method, the same on a terminal and on a page.
struct FigureRow {
  /// What the row is about, where a table has rows of several kinds.
  enum Kind {
    case section, subset, whole
  }

  let kind: Kind
  let name: String
  /// What the figure rests on, such as `350 pairs`; empty where the row above says it.
  let count: String
  /// One a method.
  let cells: [String]

  init(_ name: String, count: String, cells: [String], kind: Kind = .whole) {
    self.kind = kind
    self.name = name
    self.count = count
    self.cells = cells
  }

  /// The row where rows of all kinds stand together.
  var texts: [String] { [kind == .section ? "section \(name)" : name, count] + cells }
}
