internal import Bytes
internal import JSON
internal import Parquet
internal import Records
internal import Rows
internal import Text

/// Tells rows without a fault by a look at their columns; ``RowChecker`` tells the faults of others.
struct ViewedRowChecker: Sendable {
  /// A column of the profile that the file has.
  private struct Field: Sendable {
    var column: ProfileColumn
    var node: ReadNode
    /// What its texts and messages are; nil where it holds neither.
    var viewed: ViewedColumn?

    var name: String { node.name }
    var isText: Bool { node.leafForm == .text }
  }

  private let fields: [Field]
  /// Numbers that have to be finite.
  private let numbers: [ReadNode]
  /// The texts that are a fault beside conversations; nil without any.
  private let refusedPrompt: ReadNode?

  /// - Returns: nil where the file's columns are such that every row has a fault, or may have one
  ///   that columns do not tell.
  init?(_ profile: Profile, _ file: ColumnRows, _ columns: PairColumns) {
    func node(_ name: String) -> ReadNode? { file.columns.first { $0.name == name } }
    var fields: [Field] = []
    for column in profile.columnSet(has: { node($0) != nil }) {
      guard let node = node(column.name) else {
        guard !column.isRequired else { return nil }
        continue
      }
      guard column.forms.contains(where: { $0.isForm(of: node) }) else { return nil }
      let viewed = column.holdsTurns ? columns.viewed(node) : nil
      guard viewed != nil || !column.holdsTurns else { return nil }
      fields.append(Field(column: column, node: node, viewed: viewed))
    }
    self.fields = fields
    numbers = file.columns.filter(\.mayBeNotFinite)
    let prompt = RowChecker.readsEveryPrompt(profile) ? node("prompt") : nil
    refusedPrompt = prompt?.leafForm == .text ? prompt : nil
  }

  /// Whether a row has no fault.
  ///
  /// - Parameter pair: what the row holds.
  func isFaultless(_ row: RowView, _ pair: Exchange) throws -> Bool {
    guard !row.batch.areEqual(pair.chosen, pair.rejected) else { return false }
    for node in numbers {
      if let number = try row.value(of: node).number, !number.isFinite { return false }
    }
    var prompt: (field: Field, turns: [ViewedTurn])?
    var answers: [(field: Field, turns: [ViewedTurn])] = []
    var conversations = 0
    for field in fields {
      guard let viewed = field.viewed else {
        guard try !field.column.isRequired || row.value(of: field.node) != .null else {
          return false
        }
        continue
      }
      switch viewed.content(row.batch, row: row.row, as: .assistant) {
      case .other: return false
      case .null: if field.column.isRequired { return false }
      case .turns(let turns):
        guard isFaultless(field, turns, row.batch) else { return false }
        if field.column.isPrompt, prompt == nil { prompt = (field, turns) }
        if field.column.isConversation { conversations += 1 }
        if field.column.isAnswer, !field.isText { answers.append((field, turns)) }
      }
    }
    guard answers.allSatisfy({ fits($0, beside: prompt, row.batch) }) else { return false }
    if answers.count == 2, conversations == 2,
      Self.isWhole(answers[0].turns) != Self.isWhole(answers[1].turns)
    {
      return false
    }
    let holdsConversation = answers.contains { $0.field.column.isConversation }
    guard let refusedPrompt, holdsConversation else { return true }
    return try row.value(of: refusedPrompt) == .null
  }

  /// Whether the turns of a column are as they should be.
  private func isFaultless(_ field: Field, _ turns: [ViewedTurn], _ batch: ColumnBatch) -> Bool {
    for (number, turn) in turns.enumerated() {
      if number > 0, turn.role == .user, turns[number - 1].role == .user,
        batch.areEqual(turn.text, turns[number - 1].text)
      {
        return false
      }
      let mayBeBlank =
        field.isText
        ? field.column.part == .systemText || field.column.part == .input
        : turn.role != .user && turn.role != .assistant
      let isFaultless = batch.withText(turn.text) { text in
        (mayBeBlank || !Words.isBlank(text)) && !RowChecker.hasTemplateMarks(text)
      }
      guard isFaultless else { return false }
    }
    return field.isText || !field.column.isAnswer || turns.last?.role == .assistant
  }

  /// Whether an answer is as it should be with the prompt beside it.
  private func fits(
    _ answer: (field: Field, turns: [ViewedTurn]),
    beside prompt: (field: Field, turns: [ViewedTurn])?, _ batch: ColumnBatch
  ) -> Bool {
    guard let prompt, prompt.field.name != answer.field.name else { return true }
    if prompt.field.isText { return prompt.field.name != "prompt" }
    guard let last = prompt.turns.last(where: { $0.role == .user }) else { return true }
    return !answer.turns.dropLast().contains {
      $0.role == .user && batch.areEqual($0.text, last.text)
    }
  }

  /// Whether messages begin with the prompt, and not with the answer.
  private static func isWhole(_ turns: [ViewedTurn]) -> Bool {
    turns.first.map { $0.role != .assistant && $0.role != .tool } ?? false
  }
}

extension ReadNode {
  /// What JSON has for the values of a column that holds no lists and objects; nil for others.
  fileprivate var leafForm: ReadLeaf.JSONForm? {
    if case .leaf(let leaf) = kind { leaf.jsonForm } else { nil }
  }

  /// Whether its values are numbers that may be infinite or none.
  fileprivate var mayBeNotFinite: Bool {
    if case .leaf(let leaf) = kind { leaf.mayBeNotFinite } else { false }
  }
}

extension ProfileColumn.Form {
  /// Whether all values of a column have the form.
  fileprivate func isForm(of node: ReadNode) -> Bool {
    switch (self, node.kind) {
    case (.text, .leaf(let leaf)): leaf.jsonForm == .text
    case (.truth, .leaf(let leaf)): leaf.jsonForm == .truth
    case (.message, .structure), (.messages, .list), (.list, .list): true
    default: false
    }
  }
}
