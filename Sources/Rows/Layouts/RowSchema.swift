package import Parquet
package import Records

/// Where the parts of the rows of a file are.
package struct RowSchema: Equatable, Sendable {
  /// Where a row has its answers and their rewards.
  package enum Answers: Equatable, Sendable {
    /// One answer a row.
    case flat(response: String, reward: String)
    /// One answer a row, the last turn of the conversation.
    case lastTurn(reward: String)
    /// Lists of answers and rewards at these paths.
    case nested(responses: String, rewards: String)
    /// A list of answers; the reward is the mean of ratings, of which some can be missing.
    case rated(responses: String, ratings: [String])
    /// Fields for each answer.
    case columns([CandidateColumn])
  }

  /// The layout's name, as in `input.format`.
  package var format: InputFormat
  package var answers: Answers
  package var prompt: String
  package var promptID: String
  package var messages: String
  package var system: String
  package var model: String
  /// What goes on with a text of the prompt, and earlier turns before it, where rows are like
  /// Alpaca's.
  package var inputs: [String] = []
  package var history: String?
  /// The names that paths go through, where a name holds dots.
  package var keys: [String: [String]] = [:]
  /// What the scores of a dataset of this program are read as; nil where rows are not of one.
  package var ownScores: OwnScores?
  /// The rewards of several reward models, that of ``answers`` among them; empty where there is one.
  package var rewards: [ModelReward] = []
  /// Whether a smaller number is the better one, as of ranks; of several rewards each tells.
  package var isLowerBetter = false
  /// Whether rewards are probabilities, from 0 to 1; 0 is -0 then where it is the better end.
  package var hasProbabilities = false
  /// Whether the id of a row tells its prompt; without that its text does.
  package var readsIDs = true

  /// What to measure of every response.
  package var characteristics: [Characteristic] = []
  /// The paths of fields that pass through with the prompt.
  package var passThrough: [String] = []
  /// Whether each candidate's model is read.
  package var readsModels = false
  /// The path of the field that says which split a row belongs to; nil where a draw does.
  package var split: String?

  package init(_ format: InputFormat, _ answers: Answers, fields: FieldMap) {
    self.format = format
    self.answers = answers
    prompt = fields.prompt
    promptID = fields.promptID
    messages = fields.messages
    system = fields.system
    model = fields.model
  }

  /// The names that a path goes through, from the outside in.
  func names(in path: String) -> [String] {
    keys[path] ?? path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// Fields that hold answers, and so not the prompt or what stands beside it.
  var takenPaths: [String] { responsePaths }

  /// The top-level fields that rows are read for.
  package var columns: WantedColumns {
    func names(_ paths: [String]) -> Set<String> {
      Set(paths.compactMap { self.names(in: $0).first })
    }
    return WantedColumns(needed: names(ownPaths), welcome: names(contextPaths))
  }

  /// Every path that rows are read for.
  var paths: [String] { ownPaths + contextPaths }

  /// Paths of what may stand beside a conversation.
  var contextPaths: [String] { ContextField.all.flatMap(\.paths) }

  private var ownPaths: [String] {
    [prompt, promptID, system, messages] + inputs + (history.map { [$0] } ?? []) + responsePaths
      + rewardPaths + carriedNames.flatMap(carriedPaths) + passThrough + modelPaths
      + (split.map { [$0] } ?? []) + doubtPaths
  }

  /// The names of the fields that hold characteristics.
  var carriedNames: [String] {
    characteristics.compactMap { characteristic in
      if case .field(let name) = characteristic { name } else { nil }
    }
  }

  /// The paths of responses: one, or one for each candidate of a row.
  package var responsePaths: [String] {
    switch answers {
    case .flat(let response, _): [response]
    case .lastTurn: [messages]
    case .nested(let responses, _), .rated(let responses, _): [responses]
    case .columns(let columns): columns.map(\.response)
    }
  }

  /// The paths of all rewards.
  package var rewardPaths: [String] {
    rewards.isEmpty ? firstRewardPaths : rewards.flatMap(\.paths)
  }

  /// The paths of the reward, of several that of the first: one, one for each candidate of a row, or
  /// those of the ratings.
  var firstRewardPaths: [String] {
    switch answers {
    case .flat(_, let reward), .lastTurn(let reward): [reward]
    case .nested(_, let rewards): [rewards]
    case .rated(_, let ratings): ratings
    case .columns(let columns): columns.compactMap(\.reward)
    }
  }

  /// The paths of a characteristic: one, or one for each candidate of a row.
  func carriedPaths(_ name: String) -> [String] {
    if case .columns(let columns) = answers { columns.map { $0.path(of: name) } } else { [name] }
  }

  /// The paths of models: none, one, or one for each candidate of a row.
  package var modelPaths: [String] { readsModels ? carriedPaths(model) : [] }

  /// UltraFeedback's finer scores, which show where an overall score of 10 stands for a 1
  /// (OpenBMB/UltraFeedback, issue 8).
  var doubtPaths: [String] {
    guard case .nested(_, "completions.overall_score") = answers else { return [] }
    return ["completions.fine-grained_score"]
  }
}

extension RowSchema: CustomStringConvertible {
  /// The layout in words, for messages.
  package var description: String {
    func list(_ names: [String]) -> String {
      names.map { "\"\($0)\"" }.joined(separator: ", ")
    }
    let order = isLowerBetter ? " (lower is better)" : ""
    guard rewards.isEmpty else {
      let models = rewards.map { "\($0.model.name)\($0.isLowerBetter ? " (lower is better)" : "")" }
      let kind =
        switch answers {
        case .flat: "flat: one candidate a row"
        case .lastTurn: "flat: one candidate a row, the last turn of \"\(messages)\""
        case .nested(let responses, _), .rated(let responses, _):
          "nested: a prompt a row, responses in \"\(responses)\""
        case .columns(let columns):
          "columns: a prompt a row, responses in \(list(columns.map(\.response)))"
        }
      return "\(kind), rewards of \(rewards.count) models: \(models.joined(separator: ", "))"
    }
    return switch answers {
    case .flat: "flat: one candidate a row\(order)"
    case .lastTurn(let reward):
      "flat: one candidate a row, the last turn of \"\(messages)\", reward in \"\(reward)\"\(order)"
    case .nested(let responses, let rewards):
      "nested: a prompt a row, responses in \"\(responses)\", rewards in \"\(rewards)\"\(order)"
    case .rated(let responses, let ratings):
      "nested: a prompt a row, responses in \"\(responses)\", "
        + "rewards are the mean of \(list(ratings))\(order)"
    case .columns(let columns):
      "columns: a prompt a row, responses in \(list(columns.map(\.response))), "
        + "rewards in \(list(columns.compactMap(\.reward)))\(order)"
    }
  }
}
