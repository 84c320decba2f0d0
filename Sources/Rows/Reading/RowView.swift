internal import Bytes
package import JSON
package import Parquet
internal import Records

/// A row of a Parquet file that is looked at in the columns of a batch.
package struct RowView: Sendable {
  package let batch: ColumnBatch
  package let columns: PairColumns
  /// The row's place in the batch.
  package let row: Int

  package init(_ batch: ColumnBatch, _ columns: PairColumns, row: Int) {
    self.batch = batch
    self.columns = columns
    self.row = row
  }

  /// Whether some column is there that is wanted beside the pairs.
  package var hasColumnsBeside: Bool { columns.beside.contains { $0 != nil } }

  /// The row's number in the file, from 1.
  package var line: Int { batch.firstRow + row + 1 }

  /// The row as a value, but for the columns that are not read.
  package func value() throws(ParquetError) -> JSONValue {
    var members: [JSONValue.Member] = []
    for node in columns.nodes {
      let value = try batch.value(of: node, row: row, columns.choice)
      members.append(JSONValue.Member(name: node.name, value: value))
    }
    return .object(members)
  }

  /// The value of a column that is read.
  package func value(of node: ReadNode) throws(ParquetError) -> JSONValue {
    try batch.value(of: node, row: row, columns.choice)
  }

  /// The values of the columns that are wanted beside the pairs, in the order they were asked for; nil
  /// for columns that are not there.
  package func valuesBeside() throws(ParquetError) -> [JSONValue?] {
    var values: [JSONValue?] = []
    for node in columns.beside {
      guard let node else {
        values.append(nil)
        continue
      }
      values.append(try batch.value(of: node, row: row, columns.choice))
    }
    return values
  }

  /// What a column holds, but for the values themselves.
  package enum Content: Sendable {
    case text, object, other
    case list(count: Int)
  }

  /// What the first column of a list of alternatives holds that has a value; nil where none has.
  package func content(ofAlternative number: Int) -> Content? {
    for node in columns.alternatives[number] where hasValue(node) {
      switch node.kind {
      case .leaf(let leaf): return leaf.isText ? .text : .other
      case .structure: return .object
      case .list(_, let elements, _):
        let leaf = columns.choice.place(ofLeaf: node.leaves[0])
        let entries = batch.entries(ofRow: row, leaf: leaf)
        let isEmpty = batch.definition(entries.lowerBound, leaf: leaf) < elements
        return .list(count: isEmpty ? 0 : entries.count)
      case .unsupported, .placeholder: continue
      }
    }
    return nil
  }

  /// The pair that the row holds, where it is of plain messages; ``PairRowReader`` reads the value of
  /// any other row, and would read the same here.
  package func exchange() throws(ParquetError) -> Exchange? {
    guard let parts = columns.parts,
      case .turns(let chosen) = parts.chosen.content(batch, row: row, as: .assistant),
      case .turns(let rejected) = parts.rejected.content(batch, row: row, as: .assistant),
      !parts.others.contains(where: hasValue)
    else { return nil }
    var own: [ViewedTurn] = []
    for column in [parts.prompt, parts.conversation] where own.isEmpty {
      switch column?.content(batch, row: row, as: .user) {
      case .turns(let turns): own = turns
      case .null, nil: break
      case .other: return nil
      }
    }
    // A whole dialogue may stand in one string.
    for turns in [own, chosen, rejected] where turns.contains(where: mayBeDialogue) { return nil }
    var system: TextView?
    switch parts.system?.content(batch, row: row, as: .system) {
    case .turns(let turns) where turns.count == 1: system = turns[0].text
    case .null, nil: break
    case .turns, .other: return nil
    }
    return Exchange(own: own, system: system, chosen: chosen, rejected: rejected, in: batch)
  }

  private func mayBeDialogue(_ turn: ViewedTurn) -> Bool {
    batch.withText(turn.text) { Dialogue.canBe($0) }
  }

  private func hasValue(_ node: ReadNode) -> Bool {
    let leaf = columns.choice.place(ofLeaf: node.leaves[0])
    let entry = batch.entries(ofRow: row, leaf: leaf).lowerBound
    return batch.definition(entry, leaf: leaf) >= node.definition
  }

  /// The scores of both answers; nil where they are not both finite numbers.
  package func scores() throws(ParquetError) -> PairRow.Scores? {
    guard columns.scores.count == 2 else { return nil }
    guard let chosen = try batch.value(of: columns.scores[0], row: row, columns.choice).score,
      let rejected = try batch.value(of: columns.scores[1], row: row, columns.choice).score
    else { return nil }
    return PairRow.Scores(chosen: chosen, rejected: rejected).finite
  }

  /// The row's own id as text; nil without one.
  package func promptID() throws(ParquetError) -> [UInt8]? {
    guard let node = columns.promptID else { return nil }
    return try batch.value(of: node, row: row, columns.choice).asID
  }
}
