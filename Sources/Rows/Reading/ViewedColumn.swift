package import Parquet
package import Records

/// A column of a Parquet file that holds a text, a message or a list of messages in each row.
package struct ViewedColumn: Sendable {
  private enum Kind: Sendable {
    case text(Int)
    case messages(Messages)
  }

  /// Where messages have their parts, by the places of leaves in a batch.
  private struct Messages: Sendable {
    var role: Int
    var content: Int
    /// The other members, by their first leaves, and the definition levels from which on they are.
    var extras: [(leaf: Int, definition: UInt8)]
    /// The definition level from which on there are messages.
    var definition: UInt8
  }

  /// What a row has in the column.
  package enum Content {
    case null
    case turns([ViewedTurn])
    /// What only a reader of values understands.
    case other
  }

  private let kind: Kind

  /// Whether the values are texts.
  var isText: Bool { if case .text = kind { true } else { false } }

  /// - Returns: nil where the column is of another kind.
  init?(_ node: ReadNode, _ choice: ColumnChoice) {
    switch node.kind {
    case .leaf(let leaf):
      guard leaf.isText, node.leaves.count == 1 else { return nil }
      kind = .text(choice.place(ofLeaf: node.leaves[0]))
    case .list(let element, let elements, _):
      guard let messages = Self.messages(element, choice, from: elements) else { return nil }
      kind = .messages(messages)
    case .structure:
      guard let messages = Self.messages(node, choice, from: node.definition) else { return nil }
      kind = .messages(messages)
    case .unsupported, .placeholder: return nil
    }
  }

  private static func messages(
    _ node: ReadNode, _ choice: ColumnChoice, from definition: UInt8
  ) -> Messages? {
    guard case .structure(let members) = node.kind else { return nil }
    func text(_ name: String) -> Int? {
      guard let member = members.first(where: { $0.name == name }),
        case .leaf(let leaf) = member.kind, leaf.isText
      else { return nil }
      return choice.place(ofLeaf: member.leaves[0])
    }
    let vocabularies = [["role", "content"], ["from", "value"]]
    for (own, other) in zip(vocabularies, vocabularies.reversed()) {
      guard let role = text(own[0]), let content = text(own[1]),
        !members.contains(where: { other.contains($0.name) })
      else { continue }
      let rest = members.filter { !own.contains($0.name) && !$0.leaves.isEmpty }
      return Messages(
        role: role, content: content,
        extras: rest.map { (choice.place(ofLeaf: $0.leaves[0]), $0.definition) },
        definition: definition)
    }
    return nil
  }

  /// What a row has.
  ///
  /// - Parameter role: Who says what is a text alone.
  package func content(_ batch: ColumnBatch, row: Int, as role: Message.Role) -> Content {
    switch kind {
    case .text(let leaf):
      let entry = batch.entries(ofRow: row, leaf: leaf).lowerBound
      guard batch.hasValue(entry, leaf: leaf) else { return .null }
      return .turns([ViewedTurn(role: role, text: batch.text(entry, leaf: leaf))])
    case .messages(let messages): return content(messages, batch, row)
    }
  }

  private func content(_ messages: Messages, _ batch: ColumnBatch, _ row: Int) -> Content {
    let roles = batch.entries(ofRow: row, leaf: messages.role)
    let contents = batch.entries(ofRow: row, leaf: messages.content)
    // Null and an empty list are distinguished where values are read.
    guard roles.count == contents.count,
      batch.definition(roles.lowerBound, leaf: messages.role) >= messages.definition
    else { return .other }
    var turns: [ViewedTurn] = []
    turns.reserveCapacity(roles.count)
    for (role, content) in zip(roles, contents) {
      guard batch.hasValue(role, leaf: messages.role),
        batch.hasValue(content, leaf: messages.content),
        let speaker = batch.withText(
          batch.text(role, leaf: messages.role), { Message.Role(named: $0) })
      else { return .other }
      turns.append(ViewedTurn(role: speaker, text: batch.text(content, leaf: messages.content)))
    }
    for extra in messages.extras {
      let entries = batch.entries(ofRow: row, leaf: extra.leaf)
      guard entries.count == turns.count,
        entries.allSatisfy({ batch.definition($0, leaf: extra.leaf) < extra.definition })
      else { return .other }
    }
    return .turns(turns)
  }
}
