package import JSON
package import Records

extension Layout {
  /// How a row is laid out if it is like this; nil if it is not.
  ///
  /// - Parameters:
  ///   - user: names of fields; those that are not the defaults win over the layout's own.
  ///   - needsScores: whether answers without scores are of no use.
  ///   - prefersRaw: whether rewards as they came are taken before calibrated ones, where a row of a
  ///     dataset of this program has both.
  package func match(
    _ row: JSONValue, fields user: FieldMap = FieldMap(), needsScores: Bool = true,
    prefersRaw: Bool = false
  ) -> RowSchema? {
    guard
      let answers = answers(in: row, user, needsScores: needsScores, prefersRaw: prefersRaw)
    else { return nil }
    return schema(answers, of: row, fields: user)
  }

  /// The schema of rows that have their answers here and the rest where this layout says.
  func schema(
    _ answers: RowSchema.Answers, of row: JSONValue, fields user: FieldMap
  ) -> RowSchema {
    var schema = RowSchema(format, answers, fields: user)
    if case .lastTurn = answers, let path = answeredConversation(in: row, user) {
      schema.messages = path
    }
    let taken = schema.responsePaths
    func choose(
      _ name: WritableKeyPath<RowSchema, String>, _ field: KeyPath<FieldMap, String>,
      among choices: [String], where fits: (String) -> Bool
    ) {
      guard !user.sets(field) else { return }
      let free = choices.filter { !taken.contains($0) }
      guard let choice = free.first(where: fits) else { return }
      schema[keyPath: name] = choice
    }
    choose(\.system, \.system, among: systems, where: row.holdsValue)
    let answered = schema
    let named = names(beside: answered)
    choose(\.model, \.model, among: named) { _ in true }
    choose(\.model, \.model, among: named) {
      answered.carriedPaths($0).contains(where: row.holds)
    }
    choose(\.model, \.model, among: named) {
      answered.carriedPaths($0).contains(where: row.holdsValue)
    }
    if !taken.contains(schema.messages) {
      choose(\.messages, \.messages, among: conversations, where: row.holdsValue)
    }
    if row.value(at: schema.messages)?.elements == nil || row.holdsValue(prompts[0])
      || user.sets(\.prompt)
    {
      choose(\.prompt, \.prompt, among: prompts, where: row.holdsValue)
    }
    if taken.contains(schema.messages) {
      // The conversation is an answer; it is not the prompt as well.
      schema.prompt = user.sets(\.prompt) ? user.prompt : prompts[0]
    }
    if schema.prompt == "instruction" {
      schema.inputs = ["input", "context"]
      schema.history = "history"
    }
    schema.findNames(of: schema.paths, in: row)
    schema.ownScores = OwnScores(of: schema, in: row)
    return schema
  }

  /// What the models of answers are called mostly.
  private static let usualModels = ["model", "generator", "models", "generators"]

  /// Names that the models of answers can have, the likeliest first: those of objects that hold an
  /// answer each come before those of the row.
  private func names(beside schema: RowSchema) -> [String] {
    let names = models + Self.usualModels
    switch schema.answers {
    case .nested(let responses, _), .rated(let responses, _):
      guard let dot = responses.lastIndex(of: ".") else { return names }
      return names.map { responses[...dot] + $0 } + names
    case .flat, .lastTurn, .columns: return names
    }
  }

  private func answers(
    in row: JSONValue, _ user: FieldMap, needsScores: Bool, prefersRaw: Bool
  ) -> RowSchema.Answers? {
    switch answers {
    case .flat(let response, let reward):
      let response = user.name(\.response, or: response)
      let raw = "\(OwnScores.rawPrefix)\(reward)"
      let reward = user.name(\.reward, or: prefersRaw && row.holds(raw) ? raw : reward)
      // A label in the place of the reward makes it a row of another kind.
      guard row.holds(response), row.holds(reward) || !needsScores || !RowKind.isLabelled(row)
      else { return nil }
      return .flat(response: response, reward: reward)
    case .lastTurn(let reward):
      let reward = user.name(\.reward, or: reward)
      guard !user.sets(\.response), row.holdsValue(reward),
        answeredConversation(in: row, user) != nil
      else { return nil }
      return .lastTurn(reward: reward)
    case .nested(let responses, let rewards):
      let (responses, rewards) = (
        user.list(\.responses) ?? responses, user.list(\.rewards) ?? rewards
      )
      guard row.holds(responses), row.holds(rewards) else { return nil }
      return .nested(responses: responses, rewards: rewards)
    case .rated(let responses, let ratings):
      let responses = user.list(\.responses) ?? responses
      guard user.list(\.rewards) == nil, row.holds(responses),
        ratings.contains(where: row.holds)
      else { return nil }
      return .rated(responses: responses, ratings: ratings)
    case .numbered(let response, let rewards):
      let columns = numbered(
        user.name(\.response, or: response), user.sets(\.reward) ? [user.reward] : rewards, in: row)
      return columns.count > 1 ? .columns(columns) : nil
    case .pair(let pairs):
      for pair in pairs {
        if let columns = self.columns(
          pair, user, in: row, needsScores: needsScores, prefersRaw: prefersRaw)
        {
          return .columns(columns)
        }
      }
      return nil
    }
  }

  /// The path of a conversation that ends with an answer; nil where there is none.
  private func answeredConversation(in row: JSONValue, _ user: FieldMap) -> String? {
    (user.sets(\.messages) ? [user.messages] : conversations).first { path in
      guard let last = row.value(at: path)?.elements?.last,
        let role = (last["role"] ?? last["from"])?.text
      else { return false }
      return ["assistant", "gpt"].contains { role.elementsEqual($0.utf8) }
    }
  }

  /// What the score of a numbered answer is called, `{}` being the reward's name: `score_0`,
  /// `answer_0_score` or `answer_score_0`.
  static let numberedScores = ["@_#_{}", "{}_#", "@_{}_#"]

  /// The numbered or lettered answers of a row.
  private func numbered(
    _ response: String, _ rewards: [String], in row: JSONValue
  ) -> [CandidateColumn] {
    let series = [(0..<1000).map(String.init), (1..<1000).map(String.init), Self.letters]
    for reward in rewards {
      for pattern in Self.numberedScores {
        for marks in series {
          let columns = marks.lazy.map { mark in
            CandidateColumn(
              response: "\(response)_\(mark)", reward: reward,
              pattern: pattern.replacing("@", with: response).replacing("#", with: mark))
          }
          .prefix { row.holds($0.response) && $0.reward.map(row.holds) == true }
          if columns.count > 1 { return Array(columns) }
        }
      }
    }
    return []
  }

  private static let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map {
    String(UnicodeScalar($0))
  }

  /// What the score of a pair's answer is called.
  static let pairScores = ["score", "rating", "avg_rating", "reward"]

  /// The two answers of a row.
  private func columns(
    _ pair: Pair, _ user: FieldMap, in row: JSONValue, needsScores: Bool, prefersRaw: Bool
  ) -> [CandidateColumn]? {
    let sides = [(pair.chosen, pair.sides.0), (pair.rejected, pair.sides.1)]
    guard sides.allSatisfy({ row.holds($0.0) }) else { return nil }
    let usual = (prefersRaw ? [OwnScores.rawName] : []) + Self.pairScores
    for name in user.sets(\.reward) ? [user.reward] : usual {
      for score in pair.scores {
        // A chosen answer that is the conversation still has its score under `chosen`.
        for sides in [sides, [(pair.chosen, "chosen"), (pair.rejected, "rejected")]] {
          let columns = sides.map { response, side in
            CandidateColumn(
              response: response, reward: name, pattern: score.replacing("@", with: side))
          }
          if columns.allSatisfy({ $0.reward.map(row.holds) == true }) { return columns }
        }
      }
    }
    guard !needsScores else { return nil }
    return sides.map { response, side in
      CandidateColumn(response: response, reward: nil, pattern: "{}_\(side)")
    }
  }
}

extension FieldMap {
  private static let defaults = FieldMap()

  /// Whether the user gave a name that is not the default.
  func sets(_ field: KeyPath<FieldMap, String>) -> Bool {
    self[keyPath: field] != Self.defaults[keyPath: field]
  }

  func name(_ field: KeyPath<FieldMap, String>, or other: String) -> String {
    sets(field) ? self[keyPath: field] : other
  }

  /// The one path of a list that the user named; nil where it is the default.
  func list(_ field: KeyPath<FieldMap, [String]>) -> String? {
    let paths = self[keyPath: field]
    return paths != Self.defaults[keyPath: field] && paths.count == 1 ? paths[0] : nil
  }
}
