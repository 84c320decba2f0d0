package import JSON

extension ColumnBatch {
  /// The value that a column has in a row, the same as of the row's JSON.
  ///
  /// - Parameter choice: The columns that the batch was read of, this one among them.
  package func value(
    of node: ReadNode, row: Int, _ choice: ColumnChoice
  ) throws(ParquetError) -> JSONValue {
    try value(of: node, row: row, element: 0, choice)
  }

  /// - Parameter element: The place in the list that the node is in.
  private func value(
    of node: ReadNode, row: Int, element: Int, _ choice: ColumnChoice
  ) throws(ParquetError) -> JSONValue {
    guard let first = node.leaves.first else { return .null }
    if case .list = node.kind { try checkLengths(of: node, row: row, choice) }
    let entries = leaves[choice.place(ofLeaf: first)]
    let range = entries.entries(ofRow: row)
    let entry = range.lowerBound + (entries.leaf.repetition == 0 ? 0 : element)
    let definition = entries.definition(entry)
    guard definition >= node.definition else { return .null }
    switch node.kind {
    case .leaf(let leaf):
      return leaf.isText
        ? .string(bytes(entries.text(entry))) : leaf.value(number: entries.number(entry))
    case .structure(let members):
      var values: [JSONValue.Member] = []
      for member in members {
        values.append(
          JSONValue.Member(
            name: member.name, value: try value(of: member, row: row, element: element, choice)))
      }
      return .object(values)
    case .list(let inner, let elements, _):
      guard definition >= elements else { return .list([]) }
      var values: [JSONValue] = []
      for element in 0..<range.count {
        values.append(try value(of: inner, row: row, element: element, choice))
      }
      return .list(values)
    case .unsupported, .placeholder: return .null
    }
  }

  /// All columns of a list have as many elements.
  private func checkLengths(
    of list: ReadNode, row: Int, _ choice: ColumnChoice
  ) throws(ParquetError) {
    let counts = list.leaves.map { leaves[choice.place(ofLeaf: $0)].entries(ofRow: row).count }
    guard counts.allSatisfy({ $0 == counts[0] }) else {
      throw .damaged("the columns are of different lengths")
    }
  }
}

extension ReadLeaf {
  /// A number or a truth by its bits, as a row's JSON gives it.
  package func value(number bits: UInt64) -> JSONValue {
    switch form {
    case .boolean: return .bool(bits != 0)
    case .signed: return .integer(Int(integer(bits)))
    case .unsigned:
      let number = type == .int32 ? UInt64(UInt32(truncatingIfNeeded: bits)) : bits
      return Int(exactly: number).map { .integer($0) } ?? .largeInteger(Array("\(number)".utf8))
    case .float: return .number(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
    case .double: return .number(Double(bitPattern: bits))
    default: return .null
    }
  }
}
