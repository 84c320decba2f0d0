internal import Calibrate

/// The answers of a leaderboard that take part.
struct BoardAnswers: Sendable {
  /// One for each instruction.
  var baselines: [LeaderboardRows.Row]
  /// Their answers to these instructions.
  var models: [(name: String, rows: [LeaderboardRows.Row])] = []

  /// Each answer, the baseline's to the same instruction, and the range of each model.
  func comparisons() -> (
    first: [LeaderboardRows.Row], second: [LeaderboardRows.Row], ranges: [Range<Int>]
  ) {
    let places = Dictionary(
      baselines.enumerated().map { ($0.element.instruction, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    var first: [LeaderboardRows.Row] = []
    var second: [LeaderboardRows.Row] = []
    let ranges = models.map { model in
      let start = first.count
      for row in model.rows {
        guard let place = places[row.instruction] else { continue }
        first.append(row)
        second.append(baselines[place])
      }
      return start..<first.count
    }
    return (first, second, ranges)
  }

  /// The answers to the instructions that a resample has, as often as it has them.
  func resample(_ resampling: Resampling, _ replicate: Int) -> BoardAnswers {
    let drawn = resampling.multiplicities(
      replicate, strata: [Array(baselines.indices)], count: baselines.count)
    let times = Dictionary(
      zip(baselines.map(\.instruction), drawn), uniquingKeysWith: { first, _ in first })
    func repeated(_ rows: [LeaderboardRows.Row]) -> [LeaderboardRows.Row] {
      rows.flatMap { repeatElement($0, count: times[$0.instruction] ?? 0) }
    }
    return BoardAnswers(
      baselines: repeated(baselines), models: models.map { ($0.name, repeated($0.rows)) })
  }

  /// AlpacaEval's length-controlled win rate of a model.
  ///
  /// Rewards that are no preferences count as the logistic function of their margin.
  func lengthControlled(model: Int, by control: LengthControl) -> LengthControl.Outcome? {
    let (first, second, _) = BoardAnswers(baselines: baselines, models: [models[model]])
      .comparisons()
    guard !first.isEmpty else { return nil }
    return control.outcome(
      preferences: zip(first, second).map { answer, other in
        answer.preference.isNaN
          ? PenalizedLogistic.probability(answer.reward - other.reward) : answer.preference
      },
      lengthDifferences: zip(first, second).map { $1.characters - $0.characters },
      instructions: first.map { $0.index ?? $0.instruction })
  }

  /// Puts something else in place of the rewards of all answers to an instruction, the baseline's
  /// among them.
  mutating func transform(_ transform: RewardTransform) {
    var rewards = baselines.map { [$0.reward] }
    let places = Dictionary(
      baselines.enumerated().map { ($0.element.instruction, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    for row in models.lazy.flatMap(\.rows) {
      if let place = places[row.instruction] { rewards[place].append(row.reward) }
    }
    for place in rewards.indices { transform.apply(to: &rewards[place]) }
    var next = rewards.map { _ in 1 }
    for place in baselines.indices { baselines[place].reward = rewards[place][0] }
    for model in models.indices {
      for row in models[model].rows.indices {
        guard let place = places[models[model].rows[row].instruction] else { continue }
        models[model].rows[row].reward = rewards[place][next[place]]
        next[place] += 1
      }
    }
  }
}
