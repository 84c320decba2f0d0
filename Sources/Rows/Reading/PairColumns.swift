internal import JSON
package import Parquet
internal import Records

/// The columns of a Parquet file that the pairs of its rows are read of.
package struct PairColumns: Sendable {
  /// Where the parts of plain pairs are.
  struct Parts: Sendable {
    var prompt: ViewedColumn?
    var conversation: ViewedColumn?
    var system: ViewedColumn?
    var chosen: ViewedColumn
    var rejected: ViewedColumn
    /// Columns that a plain pair has nothing in.
    var others: [ReadNode]
  }

  /// The columns that are read.
  package let choice: ColumnChoice
  /// The same in the order of the file.
  let nodes: [ReadNode]
  /// nil where rows are read as values only.
  let parts: Parts?
  /// Where the scores are, that of the chosen answer first; empty where there are none.
  let scores: [ReadNode]
  let promptID: ReadNode?
  /// The columns that are wanted beside the pairs, in the order they were asked for; nil for those
  /// that are not there.
  let beside: [ReadNode?]
  /// Of each list of alternatives the columns that are there, up to the first that is never null.
  let alternatives: [[ReadNode]]

  /// Finds the columns.
  ///
  /// - Parameters:
  ///   - file: A file, whose rows are laid out as the reader says.
  ///   - names: Columns that are wanted beside the pairs.
  ///   - alternatives: Lists of columns, of each of which the first is wanted that has a value.
  /// - Returns: nil where a column is of a kind that is not read by columns.
  package init?(
    _ reader: PairRowReader, _ file: ColumnRows, beside names: [String],
    alternatives: [[String]]
  ) {
    let schema = reader.schema
    guard Set(file.columns.map(\.name)).count == file.columns.count else { return nil }
    func column(_ name: String) -> ReadNode? {
      file.columns.first { $0.name == name && !$0.isPlaceholder }
    }
    func isNeverNull(_ name: String) -> Bool {
      guard let column = column(name) else { return false }
      return column.definition == 0 || file.isWhole(column)
    }
    let rewards = reader.rewardPaths(
      inRowLike: .object(file.columns.map { JSONValue.Member(name: $0.name, value: .null) }))
    let answers = schema.responsePaths
    var wanted = schema.columns.needed.union(schema.columns.welcome).union(schema.paths)
      .union(rewards).union(names)
    if isNeverNull(schema.prompt), schema.prompt != schema.messages,
      !answers.contains(schema.messages), !answers.contains(schema.prompt),
      !names.contains(schema.messages)
    {
      // The conversation takes the place of a prompt that is null.
      wanted.remove(schema.messages)
    }
    self.alternatives = alternatives.map { names in
      let end = names.firstIndex(where: isNeverNull) ?? names.endIndex
      return names.prefix(end + 1).compactMap(column)
    }
    beside = names.map(column)
    wanted.formUnion(self.alternatives.joined().map(\.name))
    var choice = ColumnChoice()
    let nodes = file.columns.filter { wanted.contains($0.name) }
    self.nodes = nodes
    for node in nodes {
      guard node.isViewable, !node.leaves.isEmpty else { return nil }
      choice.add(node)
    }
    self.choice = choice

    func read(_ name: String) -> ReadNode? { nodes.first { $0.name == name && !$0.isPlaceholder } }
    func viewed(_ name: String) -> ViewedColumn? { read(name).flatMap { ViewedColumn($0, choice) } }
    scores = rewards.count == 2 ? rewards.compactMap(read) : []
    promptID = read(schema.promptID)
    let roles = [schema.prompt, schema.messages, schema.system] + answers
    let scalars = rewards + [schema.promptID, schema.system]
    let isPlain =
      (roles + scalars).allSatisfy { !$0.contains(".") }
      && roles.allSatisfy { read($0) == nil || viewed($0) != nil }
      // A string there is not a conversation.
      && viewed(schema.messages)?.isText != true
      && scalars.allSatisfy { read($0)?.isScalar ?? true }
      && !nodes.contains { $0.name.contains(".") }
    guard isPlain, let chosen = viewed(answers[0]), let rejected = viewed(answers[1]) else {
      parts = nil
      return
    }
    let others = Set(schema.contextPaths + schema.inputs + [schema.history].compactMap(\.self))
      .flatMap { [$0, String($0.prefix { $0 != "." })] }
    parts = Parts(
      prompt: answers.contains(schema.prompt) ? nil : viewed(schema.prompt),
      conversation: answers.contains(schema.messages) ? nil : viewed(schema.messages),
      system: viewed(schema.system), chosen: chosen, rejected: rejected,
      others: nodes.filter { others.contains($0.name) && !roles.contains($0.name) })
  }
}

extension PairColumns {
  /// What a column holds as texts or messages; nil where it holds neither, or is not read.
  package func viewed(_ node: ReadNode) -> ViewedColumn? {
    nodes.contains { $0 === node } ? ViewedColumn(node, choice) : nil
  }
}
