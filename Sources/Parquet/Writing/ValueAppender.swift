/// Takes one value of a row, whatever its type: exactly one of the calls has to be made.
package struct ValueAppender {
  let node: SchemaNode
  let columns: [LeafEncoder]
  /// The repetition level of the next entry.
  let repetition: UInt8

  package func null() {
    for leaf in node.leaves {
      columns[leaf].appendNull(repetition: repetition, definition: node.definition - 1)
    }
  }

  /// Takes UTF-8.
  package func text(_ text: Span<UInt8>) {
    columns[node.leaves.lowerBound].append(text, repetition: repetition)
  }

  /// Takes UTF-8.
  package func text(_ text: [UInt8]) { self.text(text.span) }

  package func text(_ text: String) { self.text(text.utf8.span) }

  package func bool(_ value: Bool) {
    columns[node.leaves.lowerBound].append(value, repetition: repetition)
  }

  /// Takes a number of a column of integers, whatever their width.
  package func integer(_ value: Int64) {
    columns[node.leaves.lowerBound].append(value, repetition: repetition)
  }

  /// Takes a number of a column of floating point, whatever its width.
  package func number(_ value: Double) {
    columns[node.leaves.lowerBound].append(value, repetition: repetition)
  }

  /// Takes a list; `element` is asked for every one of its elements in order.
  package func list(count: Int, _ element: (Int, ValueAppender) -> Void) {
    guard count > 0 else {
      for leaf in node.leaves {
        columns[leaf].appendNull(repetition: repetition, definition: node.definition)
      }
      return
    }
    for index in 0..<count {
      element(
        index,
        ValueAppender(
          node: node.children[0], columns: columns,
          repetition: index == 0 ? repetition : node.repetition))
    }
  }

  /// A member of a structure, by its place among them; each has to be given a value, in any order.
  package subscript(member: Int) -> ValueAppender {
    ValueAppender(node: node.children[member], columns: columns, repetition: repetition)
  }
}
