internal import Records

/// Writes rows as JSON in the shape of a profile.
struct RowEncoder {
  let profile: Profile
  let columns: [Profile.Column]

  init(profile: Profile, lengthsAreWhole: Bool) {
    self.profile = profile
    columns = profile.columns(lengthsAreWhole: lengthsAreWhole)
  }

  /// The row as one line.
  func encode(_ row: DatasetRow) -> [UInt8] {
    var context = JSONText()
    for (index, turn) in row.prompt.turns.enumerated() {
      if index > 0 { context.append(", ") }
      append(turn.content, role: turn.role, to: &context)
    }
    let answers = (answer(row.chosen), answer(row.rejected))

    var line = JSONText()
    line.append("{")
    for (index, column) in columns.enumerated() {
      if index > 0 { line.append(", ") }
      line.append(string: column.name)
      line.append(": ")
      switch column.name {
      case "prompt" where column.kind == .messages: appendList([context.bytes], to: &line)
      case "prompt": line.append(string: row.prompt.text)
      case "prompt_id": line.append(string: row.prompt.id)
      case "chosen", "messages": appendAnswer(answers.0, after: context, to: &line)
      case "rejected": appendAnswer(answers.1, after: context, to: &line)
      case "score_chosen": line.append(row.chosen.score)
      case "score_rejected": line.append(row.rejected.score)
      case "raw_score_chosen": line.append(row.chosen.rawScore)
      case "raw_score_rejected": line.append(row.rejected.rawScore)
      case "length_chosen": append(row.chosen.length, column, to: &line)
      case "length_rejected": append(row.rejected.length, column, to: &line)
      default: preconditionFailure("no value for the column \(column.name)")
      }
    }
    line.append("}\n")
    return line.bytes
  }

  private func answer(_ answer: DatasetRow.Answer) -> [UInt8] {
    var text = JSONText()
    append(answer.text, role: .assistant, to: &text)
    return text.bytes
  }

  private func append(_ content: [UInt8], role: Turn.Role, to text: inout JSONText) {
    text.append("{\"content\": ")
    text.append(string: content)
    text.append(", \"role\": ")
    text.append(string: role.rawValue)
    text.append("}")
  }

  private func appendAnswer(_ answer: [UInt8], after context: JSONText, to line: inout JSONText) {
    switch profile {
    case .alignmentHandbook: appendList([context.bytes, answer], to: &line)
    case .trl: appendList([answer], to: &line)
    }
  }

  private func appendList(_ items: [[UInt8]], to line: inout JSONText) {
    line.append("[")
    for (index, item) in items.enumerated() {
      if index > 0 { line.append(", ") }
      line.append(item)
    }
    line.append("]")
  }

  private func append(_ length: Double, _ column: Profile.Column, to line: inout JSONText) {
    if column.kind == .number(isWhole: true) {
      line.append(Int(length))
    } else {
      line.append(length)
    }
  }
}
