/// Rows as columns, not cut into pages yet: they are encoded on any thread, and a writer puts them
/// into a file in their order.
package struct EncodedRows: Sendable {
  /// One for each leaf of the schema.
  var leaves: [EncodedLeaf]
  package internal(set) var count = 0

  /// Forgets the rows, but not their memory.
  package mutating func clear() {
    for index in leaves.indices { leaves[index].clear() }
    count = 0
  }
}

/// Values of a column, one behind the other, with their levels.
struct EncodedLeaf: Sendable {
  let leaf: SchemaNode.Leaf
  /// Of each entry; none where no list is above the values.
  var repetitions: [UInt8] = []
  /// Of each entry.
  var definitions: [UInt8] = []
  /// As in a PLAIN page, but booleans take a byte each.
  var values: [UInt8] = []
  /// For each row how many entries there are up to its end.
  var entryEnds: [Int] = []
  /// For each row how many bytes of values there are up to its end.
  var valueEnds: [Int] = []

  init(_ leaf: SchemaNode.Leaf) { self.leaf = leaf }

  mutating func clear() {
    repetitions.removeAll(keepingCapacity: true)
    definitions.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    entryEnds.removeAll(keepingCapacity: true)
    valueEnds.removeAll(keepingCapacity: true)
  }

  /// The entries of rows.
  func entries(_ rows: Range<Int>) -> Range<Int> { Self.range(rows, in: entryEnds) }

  /// The bytes of the values of rows.
  func bytes(_ rows: Range<Int>) -> Range<Int> { Self.range(rows, in: valueEnds) }

  private static func range(_ rows: Range<Int>, in ends: [Int]) -> Range<Int> {
    guard !rows.isEmpty else { return 0..<0 }
    let start = rows.lowerBound == 0 ? 0 : ends[rows.lowerBound - 1]
    return start..<ends[rows.upperBound - 1]
  }
}
