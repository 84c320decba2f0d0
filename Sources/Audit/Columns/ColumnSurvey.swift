internal import Ingest
internal import Parquet

/// What the columns of a Parquet file hold, seen from their levels: what ``ColumnUses`` would find in
/// the rows.
struct ColumnSurvey: Sendable {
  private struct Column: Sendable {
    var node: ReadNode
    /// The place of the leaf that tells whether there is a value; nil where every row has one.
    var leaf: Int?
  }

  private let columns: [Column]

  /// - Parameter choice: Gets the leaves that have to be looked at.
  init(_ file: ColumnRows, adding choice: inout ColumnChoice) {
    var columns: [Column] = []
    for node in file.columns {
      let leaf = file.isWhole(node) ? nil : choice.addFirstLeaf(of: node)
      columns.append(Column(node: node, leaf: leaf))
    }
    self.columns = columns
  }

  /// What the rows of a batch hold.
  func uses(in batch: ColumnBatch, file: String) -> ColumnUses {
    func place(_ row: Int) -> Finding.Place {
      Finding.Place(file: file, line: batch.firstRow + row + 1)
    }
    var uses = ColumnUses()
    for column in columns {
      var use = ColumnUse()
      if let leaf = column.leaf {
        for row in 0..<batch.rowCount {
          let entry = batch.entries(ofRow: row, leaf: leaf).lowerBound
          let definition = batch.definition(entry, leaf: leaf)
          use.add(ColumnUse.Kind(column.node, definition: definition), at: place(row))
        }
      } else {
        use.add(
          ColumnUse.Kind(column.node, definition: .max), count: batch.rowCount, at: place(0))
      }
      uses.add(column.node.name, use)
    }
    return uses
  }
}

extension ColumnUse.Kind {
  /// The kind of a value by the definition level of its first entry.
  fileprivate init(_ node: ReadNode, definition: UInt8) {
    guard definition >= node.definition else {
      self = .null
      return
    }
    switch node.kind {
    case .leaf(let leaf):
      self =
        switch leaf.jsonForm {
        case .truth: .truth
        case .number: .number
        case .text: .text
        }
    case .structure: self = .object
    case .list(let element, let elements, _):
      let isThere = definition >= elements && definition >= element.definition
      switch element.kind {
      case _ where definition < elements: self = .emptyList
      case .leaf(let leaf) where isThere && leaf.jsonForm == .text: self = .texts
      case .structure where isThere: self = .objects
      default: self = .otherList
      }
    case .unsupported, .placeholder: self = .null
    }
  }
}
