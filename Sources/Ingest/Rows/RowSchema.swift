package import Records

/// How rows become candidates.
package struct RowSchema: Equatable, Sendable {
  /// Whether a row holds one candidate or all of a prompt's.
  package enum Layout: Equatable, Sendable {
    /// One candidate a row.
    case flat
    /// A prompt a row, with a list of responses and one of rewards at these paths.
    case nested(responses: String, rewards: String)
  }

  package var fields: FieldMap
  package var layout: Layout
  /// What to measure of every response.
  package var characteristics: [Characteristic]

  package init(fields: FieldMap, layout: Layout, characteristics: [Characteristic]) {
    self.fields = fields
    self.layout = layout
    self.characteristics = characteristics
  }

  /// The names of the fields that rows are read for.
  package var columns: Set<String> {
    var paths = [
      fields.prompt, fields.promptID, fields.system, fields.messages, responsePath, rewardPath,
    ]
    for case .field(let path) in characteristics { paths.append(path) }
    return Set(paths.map { path in String(path.prefix { $0 != "." }) })
  }

  /// The path of a candidate's response.
  var responsePath: String {
    switch layout {
    case .flat: fields.response
    case .nested(let responses, _): responses
    }
  }

  /// The path of a candidate's reward.
  var rewardPath: String {
    switch layout {
    case .flat: fields.reward
    case .nested(_, let rewards): rewards
    }
  }
}

extension RowSchema.Layout: CustomStringConvertible {
  /// The layout in words, for messages.
  package var description: String {
    switch self {
    case .flat: "flat: one candidate a row"
    case .nested(let responses, let rewards):
      "nested: a prompt a row, responses in \"\(responses)\", rewards in \"\(rewards)\""
    }
  }
}
