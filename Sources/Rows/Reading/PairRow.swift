package import JSON
package import Records

/// A row of a preference dataset as it is understood: a prompt, and the better and the worse answer
/// to it.
package struct PairRow: Equatable, Sendable {
  /// The prompt, and the answers: the chosen one, then the rejected one.
  package var conversation: ConversationRow
  /// The scores of both answers; nil where they are not both finite numbers.
  package var scores: Scores?
  /// The row's own id as text; nil without one.
  package var promptID: [UInt8]?

  package struct Scores: Equatable, Sendable {
    package var chosen: Double
    package var rejected: Double
  }

  package var chosen: Answer? { conversation.answers[0] }
  package var rejected: Answer? { conversation.answers[1] }
}

/// Reads the pairs of a dataset, whatever the names of its columns.
package struct PairRowReader: Sendable {
  let schema: RowSchema
  private let layout: Layout

  /// - Parameters:
  ///   - row: a row that shows how all of them are laid out; nil where it holds no pair.
  ///   - fields: names of fields; those that are not the defaults win.
  package init?(like row: JSONValue, fields: FieldMap = FieldMap()) {
    for layout in Layout.all where layout.isPair {
      let match =
        layout.match(row, fields: fields, needsScores: true)
        ?? layout.match(row, fields: fields, needsScores: false)
      guard let match else { continue }
      (self.layout, schema) = (layout, match)
      return
    }
    return nil
  }

  /// The pair of a row; nil where it holds none.
  ///
  /// - Throws: a fault where what it holds is not a prompt and two answers to it.
  package func read(_ row: JSONValue) throws(ReadingFault) -> PairRow? {
    try read(row, prompt: nil)
  }

  /// The pair of a row whose prompt is identified by its id alone, which stands for it; nil where it holds
  /// no pair or has no id.
  package func readWithoutPrompt(_ row: JSONValue) throws(ReadingFault) -> PairRow? {
    guard let id = row.value(at: schema.promptID)?.asID else { return nil }
    return try read(row, prompt: RowParts.Field(schema.promptID, .string(id)))
  }

  /// - Parameter prompt: what takes the prompt's place.
  private func read(
    _ row: JSONValue, prompt: RowParts.Field?
  ) throws(ReadingFault) -> PairRow? {
    let paths = schema.responsePaths
    guard let chosen = row.value(at: paths[0]), let rejected = row.value(at: paths[1]),
      chosen != .null, rejected != .null
    else { return nil }
    var parts = try schema.promptParts(of: row)
    if let prompt { parts.prompt = prompt }
    parts.answers = [RowParts.Field(paths[0], chosen), RowParts.Field(paths[1], rejected)]
    return PairRow(
      conversation: try ConversationRow(parts), scores: scores(of: row),
      promptID: row.value(at: schema.promptID)?.asID)
  }

  /// The paths of the scores of a row that has these fields; none where it has no scores.
  func rewardPaths(inRowLike row: JSONValue) -> [String] {
    // The row that showed the layout may have had no scores, and this one some.
    schema.rewardPaths.isEmpty
      ? layout.match(row, needsScores: true)?.rewardPaths ?? [] : schema.rewardPaths
  }

  private func scores(of row: JSONValue) -> PairRow.Scores? {
    let rewards = rewardPaths(inRowLike: row)
    guard rewards.count == 2, let chosen = row.value(at: rewards[0])?.score,
      let rejected = row.value(at: rewards[1])?.score
    else { return nil }
    return PairRow.Scores(chosen: chosen, rejected: rejected).finite
  }
}

extension PairRow.Scores {
  /// The scores, where both are finite.
  var finite: PairRow.Scores? { chosen.isFinite && rejected.isFinite ? self : nil }
}

extension JSONValue {
  /// The text that an id is taken as; nil where there is none.
  package var asID: [UInt8]? {
    switch self {
    case .string(let text): text.isEmpty ? nil : text
    case .integer(let number): Array("\(number)".utf8)
    case .largeInteger(let digits): digits
    case .number(let number): Array("\(number)".utf8)
    default: nil
    }
  }
}
