internal import Calibrate
internal import Columns
internal import Glibc
package import Records

/// A leaderboard of models by their answers' rewards against a baseline's, under every method.
package struct LeaderboardEvaluation: Sendable {
  package struct Model: Sendable {
    package var name: String
    /// Answers that took part; 0 for a model that has no results.
    package var answers: Int
    /// Answers without a score, or without a characteristic that is a field of the row.
    package var missingScores: Int
    /// Instructions of the baseline that the model has no scored answer to.
    package var missingRows: Int
    /// Scored answers to instructions that the baseline did not answer; they take no part.
    package var withoutBaseline: Int
    /// Whether every answer has the same reward.
    package var hasConstantScores: Bool
    /// The mean length of the answers that took part, in code points; nil without any.
    package var meanLength: Double?
    /// One a method, in the order of ``EvaluationMethod``; none where no answer took part.
    package var results: [Result]

    /// The figures under a method; nil where no answer took part.
    package subscript(method: EvaluationMethod) -> Result? {
      results.first { $0.method == method }
    }
  }

  /// A model's figures under one method.
  package struct Result: Sendable {
    package var method: EvaluationMethod
    /// The mean of the logistic function of the margins, in percent.
    package var winRate: Double
    /// The share of positive margins, with the credit for ties, in percent.
    package var discreteWinRate: Double
    /// Margins of 0.
    package var ties: Int
  }

  /// What is said of all models under one method.
  package struct Summary: Sendable {
    package var method: EvaluationMethod
    /// Of score and first characteristic, over all answers; nil where one side does not vary.
    package var spearmanLength: Double?
    package var correlations: [Correlation]
    package var gameability: Gameability?
    /// Comparisons that RC-Mean left as they are.
    package var uncalibrated: Int
  }

  /// How far win rates agree with an external ranking.
  package struct Correlation: Sendable {
    package var ranking: String
    /// The models that both have.
    package var models: Int
    package var spearman: Double?
    /// Kendall's tau-b.
    package var kendall: Double?
  }

  /// All but the baseline, those without results too.
  package private(set) var models: [Model] = []
  package private(set) var summaries: [Summary] = []
  package let baseline: String
  package let malformedRows: MalformedRows
  /// What preferences were taken to mean; nil where scores are rewards.
  package let scale: PreferenceScale?
  /// Scores that are not a preference on that scale; they are among the missing.
  package let outsideScale: Int
  /// Whether every preference is 1, so that the scale is a guess.
  package let isScaleUndecided: Bool

  /// Models that have results.
  package var scoredModels: [Model] { models.filter { $0.answers > 0 } }

  /// Evaluates all models.
  ///
  /// - Parameters:
  ///   - rows: The rows of all models, settled.
  ///   - baseline: The model that the others are compared with.
  ///   - fitsBaseline: Whether biases are fitted to the baseline's answers too.
  package init(
    _ rows: LeaderboardRows, baseline: String, fitsBaseline: Bool, rankings: [Ranking],
    settings: MethodSettings
  ) throws {
    self.baseline = baseline
    malformedRows = rows.malformedRows
    (scale, outsideScale) = (rows.scale, rows.outsideScale)
    isScaleUndecided = rows.isScaleUndecided
    guard !rows.models.isEmpty else {
      throw NoOutputs(baseline: baseline, malformedRows: malformedRows)
    }
    guard let baselineRows = rows.rows(of: baseline) else {
      throw NoBaseline(name: baseline, models: rows.models.map(\.name))
    }
    var baselines: [Int: LeaderboardRows.Row] = [:]
    for var row in baselineRows where baselines[row.instruction] == nil {
      if row.reward.isNaN { row.reward = rows.baselineReward ?? .nan }
      if row.isComplete { baselines[row.instruction] = row }
    }
    guard !baselines.isEmpty else { throw NoBaseline(name: baseline, models: []) }

    var first: [LeaderboardRows.Row] = []
    var second: [LeaderboardRows.Row] = []
    var ranges: [Range<Int>] = []
    for model in rows.models where model.name != baseline {
      let scored = model.rows.filter(\.isComplete)
      let start = first.count
      for row in scored {
        guard let other = baselines[row.instruction] else { continue }
        first.append(row)
        second.append(other)
      }
      let range = start..<first.count
      ranges.append(range)
      let answered = Set(first[range].map(\.instruction))
      models.append(
        Model(
          name: model.name, answers: range.count,
          missingScores: model.rows.count - scored.count,
          missingRows: baselines.count - answered.count,
          withoutBaseline: scored.count - range.count,
          hasConstantScores: Set(first[range].map(\.reward)).count == 1,
          meanLength: range.isEmpty
            ? nil : first[range].reduce(0) { $0 + $1.characters } / Double(range.count),
          results: []))
    }
    guard !first.isEmpty else {
      throw NoOutputs(
        baseline: baseline, malformedRows: malformedRows,
        missingScores: models.reduce(0) { $0 + $1.missingScores })
    }

    let compared = ComparedRewards(
      first: Self.side(first), second: Self.side(second), fitsSecond: false,
      others: fitsBaseline
        ? Self.side(baselines.values.sorted { $0.instruction < $1.instruction }) : nil)
    let lengths = LevelColumn(compared.first.characteristics[0])
    for method in EvaluationMethod.allCases {
      let scores = compared.scores(method, settings)
      for (number, range) in ranges.enumerated() where !range.isEmpty {
        models[number].results.append(
          Self.result(
            method, range.map { scores.first[$0] - scores.second[$0] }, ties: settings.ties))
      }
      summaries.append(
        Summary(
          method: method,
          spearmanLength: Spearman.pooled(
            Sample(levels: lengths.levels, codes: lengths.codes, values: scores.first)),
          correlations: [], uncalibrated: scores.uncalibrated))
    }
    for number in summaries.indices {
      let winRates = winRates(under: summaries[number].method)
      summaries[number].correlations = rankings.map { Correlation($0, winRates) }
      summaries[number].gameability = Gameability(
        winRates,
        original: self.winRates(under: .original),
        isReferenceCompatible: settings.isReferenceCompatible)
    }
  }

  /// The win rate of each model that has one, by its name.
  private func winRates(under method: EvaluationMethod) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: models.compactMap { model in
        model[method].map { (model.name, $0.winRate) }
      })
  }

  private static func side(_ rows: [LeaderboardRows.Row]) -> ComparedRewards.Side {
    let count = rows.first?.characteristics.count ?? 0
    return ComparedRewards.Side(
      rewards: rows.map(\.reward),
      characteristics: (0..<count).map { number in rows.map { $0.characteristics[number] } },
      characters: rows.map(\.characters))
  }

  private static func result(
    _ method: EvaluationMethod, _ margins: [Double], ties: TieRule
  ) -> Result {
    let count = Double(margins.count)
    let tieCount = margins.count { $0 == 0 }
    let wins = Double(margins.count { $0 > 0 }) + ties.credit * Double(tieCount)
    return Result(
      method: method,
      winRate: margins.reduce(0) { $0 + 1 / (1 + exp(-$1)) } / count * 100,
      discreteWinRate: wins / count * 100, ties: tieCount)
  }
}

extension LeaderboardEvaluation.Correlation {
  init(_ ranking: Ranking, _ winRates: [String: Double]) {
    let names = winRates.keys.filter { ranking.values[$0] != nil }.sorted()
    let rates = names.map { winRates[$0] ?? .nan }
    let values = names.map { ranking.values[$0] ?? .nan }
    self.init(
      ranking: ranking.name, models: names.count, spearman: Spearman.correlation(rates, values),
      kendall: Kendall.correlation(rates, values))
  }
}

/// No model but the baseline has a scored answer to one of its instructions.
package struct NoOutputs: ReportableError {
  let baseline: String
  let malformedRows: MalformedRows
  /// Answers of the models that have no score.
  var missingScores = 0

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    var message = "no model has a score for an instruction that \"\(baseline)\" answers"
    if missingScores > 0 { message += "; answers without a score: \(missingScores)" }
    if let reason = malformedRows.reason {
      message += "; the first row that lacks a field: \(reason)"
    }
    return Diagnostic(
      .error, message, at: malformedRows.first,
      hint: "rows need instruction, output, generator and score, or other names of them")
  }
}

/// The baseline is not among the models, or has no scores.
package struct NoBaseline: ReportableError {
  let name: String
  let models: [String]

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    guard !models.isEmpty else {
      return Diagnostic(
        .error, "the baseline \"\(name)\" has no scores",
        hint: "give its rows a score, or say with --baseline-score what each counts")
    }
    return Diagnostic(
      .error, "no row is of the baseline \"\(name)\"",
      hint: Spelling.nearest(to: name, among: models).map { "did you mean \"\($0)\"?" }
        ?? "name one of the models with --baseline, or a file of its rows with --baseline-file")
  }
}
