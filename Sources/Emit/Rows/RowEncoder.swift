internal import Records

/// Writes rows as JSON in the shape of a profile.
struct RowEncoder {
  let profile: Profile
  let columns: [Profile.Column]
  /// For each column what stands before its value.
  private let labels: [[UInt8]]

  init(profile: Profile, lengthsAreWhole: Bool) {
    self.profile = profile
    columns = profile.columns(lengthsAreWhole: lengthsAreWhole)
    labels = columns.enumerated().map { index, column in
      var label = JSONText()
      label.append(index == 0 ? "{" : ", ")
      label.append(string: column.name)
      label.append(": ")
      return label.bytes
    }
  }

  /// Appends the row as one line.
  func encode(_ row: DatasetRow, to line: inout JSONText) {
    // A column that repeats another one is copied.
    var chosen = 0..<0
    for (column, label) in zip(columns, labels) {
      line.append(label)
      switch column.name {
      case "prompt" where column.kind == .messages:
        line.append("[")
        append(row.prompt.turns, to: &line)
        line.append("]")
      case "prompt": line.append(string: row.prompt.text)
      case "prompt_id": line.append(string: row.prompt.id)
      case "chosen":
        let start = line.bytes.count
        append(row.chosen, to: row.prompt, to: &line)
        chosen = start..<line.bytes.count
      case "messages": line.appendCopy(of: chosen)
      case "rejected": append(row.rejected, to: row.prompt, to: &line)
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
  }

  /// Appends an answer as the profile shows it: as the end of the conversation or alone.
  private func append(_ answer: DatasetRow.Answer, to prompt: Prompt, to line: inout JSONText) {
    line.append("[")
    if profile == .alignmentHandbook {
      append(prompt.turns, to: &line)
      line.append(", ")
    }
    append(answer.text, role: .assistant, to: &line)
    line.append("]")
  }

  private func append(_ turns: [Turn], to line: inout JSONText) {
    for (index, turn) in turns.enumerated() {
      if index > 0 { line.append(", ") }
      append(turn.content, role: turn.role, to: &line)
    }
  }

  private func append(_ content: [UInt8], role: Turn.Role, to line: inout JSONText) {
    line.append("{\"content\": ")
    line.append(string: content)
    line.append(", \"role\": ")
    line.append(string: role.rawValue)
    line.append("}")
  }

  private func append(_ length: Double, _ column: Profile.Column, to line: inout JSONText) {
    if column.kind == .number(isWhole: true) {
      line.append(Int(length))
    } else {
      line.append(length)
    }
  }
}
