internal import Records

/// What rows can look like: the names of their fields, before a row has been seen.
struct RowShape {
  /// Where a row has its candidates.
  enum Candidates {
    case flat(response: String, reward: String)
    case nested(responses: String, rewards: String)
    /// The reward is the mean of the ratings that there are.
    case rated(responses: String, ratings: [String])
    /// `response_0`, `response_0_reward`, `response_1` and so on.
    case numbered(response: String, reward: String)
    /// `chosen` and `rejected`, with `score_chosen`, `chosen_score` or `chosen-score`.
    case pair(score: String)
  }

  /// A shape as one row has it.
  struct Match {
    var layout: RowSchema.Layout
    var fields: FieldMap
  }

  private let candidates: Candidates
  /// Names that the fields can have, the likeliest first.
  private let prompts: [String]
  private let systems: [String]
  private let models: [String]

  init(
    _ candidates: Candidates, prompts: [String] = ["prompt"], systems: [String] = ["system"],
    models: [String] = ["model"]
  ) {
    self.candidates = candidates
    self.prompts = prompts
    self.systems = systems
    self.models = models
  }

  /// How a row has this shape; nil if it has not.
  ///
  /// - Parameter fields: Names that the user gave; those win over the shape's own.
  func match(_ row: JSONTree, fields user: FieldMap) -> Match? {
    let names = Names(user)
    var fields = user
    func choose(_ field: WritableKeyPath<FieldMap, String>, among choices: [String]) {
      guard let first = choices.first else { return }
      fields[keyPath: field] = names.name(field, or: choices.first(where: row.holds) ?? first)
    }
    choose(\.prompt, among: prompts)
    choose(\.system, among: systems)
    choose(\.model, among: models)
    switch candidates {
    case .flat(let response, let reward):
      fields.response = names.name(\.response, or: response)
      fields.reward = names.name(\.reward, or: reward)
      return row.holds(fields.response) ? Match(layout: .flat, fields: fields) : nil
    case .nested(let responses, let rewards):
      fields.responses = names.name(\.responses, or: responses)
      fields.rewards = names.name(\.rewards, or: rewards)
      guard row.holds(fields.responses), row.holds(fields.rewards) else { return nil }
      return Match(
        layout: .nested(responses: fields.responses, rewards: fields.rewards), fields: fields)
    case .rated(let responses, let ratings):
      fields.responses = names.name(\.responses, or: responses)
      guard row.holds(fields.responses), ratings.contains(where: row.holds) else { return nil }
      return Match(
        layout: .rated(responses: fields.responses, ratings: ratings), fields: fields)
    case .numbered(let response, let reward):
      let response = names.name(\.response, or: response)
      let reward = names.name(\.reward, or: reward)
      let columns = Self.numbered(response, reward, in: row)
      return columns.isEmpty ? nil : Match(layout: .columns(columns), fields: fields)
    case .pair(let score):
      let columns = Self.pair(names.name(\.reward, or: score), in: row)
      return columns.map { Match(layout: .columns($0), fields: fields) }
    }
  }

  /// Tells the names that the user gave from those that are there anyway.
  private struct Names {
    private let fields: FieldMap
    private static let defaults = FieldMap()

    init(_ fields: FieldMap) { self.fields = fields }

    func name(_ field: KeyPath<FieldMap, String>, or other: String) -> String {
      let name = fields[keyPath: field]
      return name == Self.defaults[keyPath: field] ? other : name
    }
  }

  /// The numbered columns of a row, counted from 0 or 1.
  private static func numbered(
    _ response: String, _ reward: String, in row: JSONTree
  ) -> [CandidateColumn] {
    func column(_ number: Int) -> CandidateColumn? {
      let name = "\(response)_\(number)"
      let affix = CandidateColumn.Affix.before("\(name)_")
      guard row.holds(name), row.holds(affix.name(of: reward)) else { return nil }
      return CandidateColumn(response: name, reward: reward, affix: affix)
    }
    var columns: [CandidateColumn] = []
    var number = column(0) == nil ? 1 : 0
    while let next = column(number) {
      columns.append(next)
      number += 1
    }
    return columns
  }

  /// The two answers of a row that holds a pair with scores.
  private static func pair(_ score: String, in row: JSONTree) -> [CandidateColumn]? {
    let affixes: [(String) -> CandidateColumn.Affix] = [
      { .after("_\($0)") }, { .before("\($0)_") }, { .before("\($0)-") },
    ]
    for affix in affixes {
      let columns = ["chosen", "rejected"].map { side in
        CandidateColumn(
          response: row.holds(side) ? side : "\(side)_response", reward: score,
          affix: affix(side), isConversation: row[side]?.elements != nil)
      }
      if columns.allSatisfy({ row.holds($0.response) && row.holds($0.reward) }) { return columns }
    }
    return nil
  }
}

extension JSONTree {
  /// Whether there is something at a dotted path, in a list at one of its elements.
  func holds(_ path: String) -> Bool {
    holds(path.split(separator: ".", omittingEmptySubsequences: false)[...])
  }

  private func holds(_ path: ArraySlice<Substring>) -> Bool {
    guard let name = path.first else { return true }
    if let elements { return elements.contains { $0.holds(path) } }
    return self[String(name)]?.holds(path.dropFirst()) ?? false
  }
}
