internal import JSON
internal import Records

extension RowSchema {
  /// The schema itself, or where a row holds an object of scores for its reward, the one that reads
  /// each of them as the reward of a model.
  ///
  /// The models come in the order of their names, so that it does not matter how a row has them.
  func readingScoreObjects(in row: JSONValue) -> RowSchema {
    let paths = firstRewardPaths
    let values = paths.compactMap { row.value(at: $0) }
    guard !paths.isEmpty, values.count == paths.count, !isRated else { return self }
    var names: Set<String> = []
    for value in values.flatMap({ $0.elements ?? [$0] }) {
      guard let members = value.members, value["score"] == nil else {
        guard value == .null else { return self }
        continue
      }
      for member in members where member.value.holdsScores {
        names.insert(String(decoding: member.name, as: UTF8.self))
      }
    }
    guard names.count > 1 else { return self }
    var schema = self
    schema.rewards = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
      ModelReward(model: RewardModel(name: name), paths: paths.map { "\($0).\(name)" })
    }
    schema.findNames(of: schema.paths, in: row)
    return schema
  }

  private var isRated: Bool { if case .rated = answers { true } else { false } }
}

extension JSONValue {
  /// Whether it is a score, none, or a list of these.
  fileprivate var holdsScores: Bool {
    elements?.allSatisfy { $0.score != nil } ?? (score != nil)
  }
}
