package import Records

/// How rows become candidates.
package struct RowSchema: Equatable, Sendable {
  /// Whether a row holds one candidate or all of a prompt's, and where.
  package enum Layout: Equatable, Sendable {
    /// One candidate a row.
    case flat
    /// A prompt a row, with a list of responses and one of rewards at these paths.
    case nested(responses: String, rewards: String)
    /// A prompt a row, with a list of responses; the reward is the mean of ratings, of which some
    /// can be missing.
    case rated(responses: String, ratings: [String])
    /// A prompt a row, with fields for each candidate.
    case columns([CandidateColumn])
  }

  package var fields: FieldMap
  package var layout: Layout
  /// What to measure of every response.
  package var characteristics: [Characteristic]
  /// The paths of fields that pass through with the prompt.
  package var kept: [String] = []
  /// Whether each candidate's model is read.
  package var readsModels = false

  package init(fields: FieldMap, layout: Layout, characteristics: [Characteristic]) {
    self.fields = fields
    self.layout = layout
    self.characteristics = characteristics
  }

  /// The names of the fields that rows are read for.
  package var columns: Set<String> {
    let prompt = [fields.prompt, fields.promptID, fields.system, fields.messages]
    let carried = carriedNames.flatMap(carriedPaths)
    return Set(
      (prompt + responsePaths + rewardPaths + carried + kept + modelPaths).map { path in
        String(path.prefix { $0 != "." })
      })
  }

  /// The names of the fields that hold characteristics.
  var carriedNames: [String] {
    characteristics.compactMap { characteristic in
      if case .field(let name) = characteristic { name } else { nil }
    }
  }

  /// The paths of responses: one, or one for each candidate of a row.
  var responsePaths: [String] {
    switch layout {
    case .flat: [fields.response]
    case .nested(let responses, _), .rated(let responses, _): [responses]
    case .columns(let columns): columns.map(\.responsePath)
    }
  }

  /// The paths of rewards: one, one for each candidate of a row, or those of the ratings.
  var rewardPaths: [String] {
    switch layout {
    case .flat: [fields.reward]
    case .nested(_, let rewards): [rewards]
    case .rated(_, let ratings): ratings
    case .columns(let columns): columns.map(\.reward)
    }
  }

  /// The paths of a characteristic: one, or one for each candidate of a row.
  func carriedPaths(_ name: String) -> [String] {
    if case .columns(let columns) = layout { columns.map { $0.path(of: name) } } else { [name] }
  }

  /// The paths of models: none, one, or one for each candidate of a row.
  var modelPaths: [String] { readsModels ? carriedPaths(fields.model) : [] }

  /// The field of a conversation that ends with an answer, and so holds the prompt as well.
  var answeredPath: String? {
    guard case .columns(let columns) = layout else { return nil }
    return columns.first { $0.isConversation }?.response
  }
}

extension RowSchema.Layout: CustomStringConvertible {
  /// The layout in words, for messages.
  package var description: String {
    func list(_ names: [String]) -> String {
      names.map { "\"\($0)\"" }.joined(separator: ", ")
    }
    return switch self {
    case .flat: "flat: one candidate a row"
    case .nested(let responses, let rewards):
      "nested: a prompt a row, responses in \"\(responses)\", rewards in \"\(rewards)\""
    case .rated(let responses, let ratings):
      "nested: a prompt a row, responses in \"\(responses)\", "
        + "rewards are the mean of \(list(ratings))"
    case .columns(let columns):
      "columns: a prompt a row, responses in \(list(columns.map(\.response))), "
        + "rewards in \(list(columns.map(\.reward)))"
    }
  }
}
