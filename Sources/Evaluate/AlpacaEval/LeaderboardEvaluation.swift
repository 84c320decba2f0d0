internal import Calibrate
internal import Columns
internal import Glibc
package import Records
package import Work

/// A leaderboard of models by their answers' rewards against a baseline's, under every method.
package struct LeaderboardEvaluation: Sendable {
  package struct Model: Sendable {
    package var name: String
    /// Answers that took part; 0 for a model that has no results.
    package var answers: Int
    /// Answers without a score, or without a characteristic that is a field of the row.
    package var missingScores: Int
    /// Rows that lack a field.
    package var malformedRows: Int
    /// Instructions of the baseline that the model has no scored answer to.
    package var missingRows: Int
    /// Scored answers to instructions that the baseline did not answer; they take no part.
    package var withoutBaseline: Int
    /// Whether every answer has the same reward.
    package var hasConstantScores: Bool
    /// The mean length of the answers that took part, in code points; nil without any.
    package var meanLength: Double?
    /// AlpacaEval's own correction for length; nil where it cannot be made.
    package var lengthControlled: LengthControl.Outcome?
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

  /// What is found on one set of instructions.
  struct Board: Sendable {
    /// Of each model, one a method; none where no answer took part.
    var results: [[Result]]
    var summaries: [Summary]
  }

  /// All but the baseline, those without results too.
  package private(set) var models: [Model] = []
  package var summaries: [Summary] { board.figures.summaries }
  package let baseline: String
  package let malformedRows: MalformedRows
  /// What preferences were taken to mean; nil where scores are rewards.
  package let scale: PreferenceScale?
  /// Scores that are not a preference on that scale; they are among the missing.
  package let outsideScale: Int
  /// Whether every preference is 1, so that the scale is a guess.
  package let isScaleUndecided: Bool
  package let resampling: Resampling
  /// Which regression AlpacaEval's correction is.
  package let lengthControl: LengthControl.Form
  private var board = Replicated(Board(results: [], summaries: []))

  /// Models that have results.
  package var scoredModels: [Model] { models.filter { $0.answers > 0 } }

  /// Evaluates all models.
  ///
  /// - Parameters:
  ///   - rows: The rows of all models, settled.
  ///   - baseline: The model that the others are compared with.
  ///   - fitsBaseline: Whether biases are fitted to the baseline's answers too.
  ///   - threads: How many work; the result does not depend on it.
  package init(
    _ rows: LeaderboardRows, baseline: String, fitsBaseline: Bool, rankings: [Ranking],
    settings: MethodSettings, lengthControl: LengthControl, resampling: Resampling, threads: Int,
    progress: (any ProgressSink)? = nil, checkpoint: () throws -> Void = {}
  ) throws {
    self.baseline = baseline
    self.resampling = resampling
    self.lengthControl = lengthControl.form
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

    var answers = BoardAnswers(
      baselines: baselines.values.sorted { $0.instruction < $1.instruction })
    for model in rows.models where model.name != baseline {
      let scored = model.rows.filter(\.isComplete)
      let compared = scored.filter { baselines[$0.instruction] != nil }
      answers.models.append((model.name, compared))
      models.append(
        Model(
          name: model.name, answers: compared.count,
          missingScores: model.rows.count - scored.count,
          malformedRows: model.malformedRows,
          missingRows: baselines.count - Set(compared.map(\.instruction)).count,
          withoutBaseline: scored.count - compared.count,
          hasConstantScores: Set(compared.map(\.reward)).count == 1,
          meanLength: compared.isEmpty
            ? nil : compared.reduce(0) { $0 + $1.characters } / Double(compared.count),
          results: []))
    }
    for (number, outcome) in Concurrent.map(
      Array(models.indices), threads: threads,
      { [answers] in
        answers.lengthControlled(model: $0, by: lengthControl)
      }
    ).enumerated() {
      models[number].lengthControlled = outcome
    }
    if let transform = settings.transform { answers.transform(transform) }
    guard models.contains(where: { $0.answers > 0 }) else {
      throw NoOutputs(
        baseline: baseline, malformedRows: malformedRows,
        missingScores: models.reduce(0) { $0 + $1.missingScores })
    }

    let works = [Int?.none] + (0..<resampling.count).map(Int?.some)
    let boards = try Resampling.map(
      works, threads: threads, progress: progress, checkpoint: checkpoint
    ) { [answers] replicate in
      Self.board(
        replicate.map { answers.resample(resampling, $0) } ?? answers,
        fitsBaseline: fitsBaseline, rankings: rankings, settings: settings)
    }
    board = Replicated(boards[0], replicates: Array(boards[1...]))
    for number in models.indices { models[number].results = boards[0].results[number] }
  }

  private static func board(
    _ answers: BoardAnswers, fitsBaseline: Bool, rankings: [Ranking], settings: MethodSettings
  ) -> Board {
    let (first, second, ranges) = answers.comparisons()
    // A resample may have only instructions that no model answers.
    guard !first.isEmpty else {
      return Board(results: answers.models.map { _ in [] }, summaries: [])
    }
    let compared = ComparedRewards(
      first: side(first), second: side(second), fitsSecond: false,
      others: fitsBaseline ? side(answers.baselines) : nil)
    let lengths = LevelColumn(compared.first.characteristics.first ?? [])
    var board = Board(results: answers.models.map { _ in [] }, summaries: [])
    var original: [String: Double] = [:]
    for method in EvaluationMethod.allCases {
      let scores = compared.scores(method, settings)
      var winRates: [String: Double] = [:]
      for (number, range) in ranges.enumerated() where !range.isEmpty {
        let result = result(
          method, range.map { scores.first[$0] - scores.second[$0] }, ties: settings.ties)
        board.results[number].append(result)
        winRates[answers.models[number].name] = result.winRate
      }
      if method == .original { original = winRates }
      board.summaries.append(
        Summary(
          method: method,
          spearmanLength: Spearman.pooled(
            Sample(levels: lengths.levels, codes: lengths.codes, values: scores.first)),
          correlations: rankings.map { Correlation($0, winRates) },
          gameability: Gameability(
            winRates, original: original,
            isReferenceCompatible: settings.isReferenceCompatible),
          uncalibrated: scores.uncalibrated))
    }
    return board
  }

  /// The interval of a model's figure under a method.
  package func interval(
    ofModel number: Int, _ method: EvaluationMethod, _ figure: (Result) -> Double?
  ) -> ConfidenceInterval? {
    board.interval { board in
      board.results[number].first { $0.method == method }.flatMap(figure)
    }
  }

  /// The interval of what a method adds to a model's figure.
  package func interval(
    ofModel number: Int, gainedBy method: EvaluationMethod, _ figure: (Result) -> Double
  ) -> ConfidenceInterval? {
    board.interval { board in
      let results = board.results[number]
      guard let before = results.first(where: { $0.method == .original }),
        let after = results.first(where: { $0.method == method })
      else { return nil }
      return figure(after) - figure(before)
    }
  }

  /// The interval of a figure of all models under a method.
  package func interval(
    _ method: EvaluationMethod, _ figure: (Summary) -> Double?
  ) -> ConfidenceInterval? {
    board.interval { board in
      board.summaries.first { $0.method == method }.flatMap(figure)
    }
  }

  private static func side(_ rows: [LeaderboardRows.Row]) -> ComparedRewards.Side {
    let count = rows.first?.characteristics.count ?? 0
    return ComparedRewards.Side(
      rewards: rows.map(\.reward),
      characteristics: (0..<count).map { number in rows.map { $0.characteristics[number] } },
      characters: rows.map(\.characters), prompts: rows.map { UInt32($0.instruction) })
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
