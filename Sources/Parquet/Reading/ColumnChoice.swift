internal import JSON

/// Columns of a file that batches of rows are read of.
package struct ColumnChoice: Sendable {
  /// Their leaves, in the order in which a ``ColumnBatch`` has them.
  package private(set) var leaves: [ReadLeaf] = []
  private var places: [Int: Int] = [:]

  package init() {}

  /// Adds a column, which has to be of a kind that ``ReadNode/isViewable`` tells.
  package mutating func add(_ node: ReadNode) {
    switch node.kind {
    case .leaf(let leaf): add(leaf)
    case .structure(let members): for member in members { add(member) }
    case .list(let element, _, _): add(element)
    case .unsupported, .placeholder: break
    }
  }

  /// Adds the first leaf of a column, whose levels tell whether the column has a value.
  ///
  /// - Returns: its place; nil where the column has none.
  package mutating func addFirstLeaf(of node: ReadNode) -> Int? {
    switch node.kind {
    case .leaf(let leaf):
      add(leaf)
      return places[leaf.index]
    case .structure(let members):
      return members.first { !$0.isPlaceholder }.flatMap { addFirstLeaf(of: $0) }
    case .list(let element, _, _): return addFirstLeaf(of: element)
    case .unsupported, .placeholder: return nil
    }
  }

  private mutating func add(_ leaf: ReadLeaf) {
    guard places[leaf.index] == nil else { return }
    places[leaf.index] = leaves.count
    leaves.append(leaf)
  }

  /// Where batches have a leaf, which was added.
  package func place(ofLeaf leaf: Int) -> Int {
    guard let place = places[leaf] else { preconditionFailure("a column that was not chosen") }
    return place
  }
}

extension ReadNode {
  /// Whether a ``ColumnBatch`` gives its values: texts, numbers, truths, objects of them, and one
  /// list around or in these.
  package var isViewable: Bool {
    switch kind {
    case .leaf(let leaf): leaf.isRead
    case .structure(let members):
      members.allSatisfy(\.isViewable) && Set(members.map(\.name)).count == members.count
    case .list(let element, _, let repetition): repetition == 1 && element.isViewable
    case .unsupported: false
    case .placeholder: true
    }
  }
}
