internal import Calibrate
internal import Columns
package import Work

/// What a benchmark says of reward models, under every method.
package struct RewardBenchEvaluation: Sendable {
  /// What it says of one model.
  package struct Model: Sendable {
    package var name: String
    /// Whether this is what all other models say together.
    package var isEnsemble = false
    /// Examples that took part.
    package var pairs: Int
    /// Their answers.
    package var answers: Int
    package var missingScores: Int
    /// Rows that lack a field.
    package var malformedRows: Int
    /// Examples of other models that this one has no row for.
    package var missingRows: Int
    package var rowsWithoutTexts: Int
    /// Whether every reward is the same, so that nothing can be said.
    package var hasConstantScores: Bool
    /// What length alone gets on the same examples; none where no example took part.
    package var baselines: [(baseline: LengthBaseline, figures: BenchmarkFigures)]
    /// With the resamples; none where no example took part.
    package var outcome: Replicated<[Result]>

    /// One a method, in the order of ``EvaluationMethod``.
    package var results: [Result] { outcome.figures }

    /// The figures under a method; nil where no example took part.
    package subscript(method: EvaluationMethod) -> Result? { results[method] }

    /// What a method adds to the score; nil where no example took part.
    package func gain(by method: EvaluationMethod) -> Double? { results.gain(by: method) }

    /// The interval of a figure under a method.
    package func interval(
      _ method: EvaluationMethod, _ figure: (Result) -> Double?
    ) -> ConfidenceInterval? {
      outcome.interval { $0[method].flatMap(figure) }
    }

    /// The interval of what a method adds to the score.
    package func gainInterval(by method: EvaluationMethod) -> ConfidenceInterval? {
      outcome.interval { $0.gain(by: method) }
    }
  }

  /// A model's figures under one method.
  package struct Result: Sendable {
    package var method: EvaluationMethod
    package var figures: BenchmarkFigures
    /// The share of examples whose preference is not what the rewards as they are say.
    package var changed: Double
    /// Spearman's correlation of score and first characteristic over all answers; nil where one
    /// side does not vary.
    package var spearmanLength: Double?
    /// Examples whose best right and best wrong answer have equal scores.
    package var ties: Int
    /// Comparisons of two answers that RC-Mean left as they are.
    package var uncalibrated: Int

    package var subsets: [(name: String, accuracy: Double, count: Int)] { figures.subsets }
    package var sections: [(name: String, score: Double, count: Int)] { figures.sections }
    /// The mean over the sections.
    package var score: Double { figures.score }
  }

  /// All models, those without results too.
  package private(set) var models: [Model]
  package let malformedRows: MalformedRows
  /// How often the longer answer is right, over the examples of all models.
  package let lengthShares: [LengthShare]
  /// What the settings make one of all models.
  package let ensemble: RewardEnsemble?
  package let resampling: Resampling

  /// Models that have results; what is of all models is of these.
  package var scoredModels: [Model] { models.filter { $0.pairs > 0 && !$0.isEnsemble } }

  /// Evaluates every model.
  ///
  /// - Parameters:
  ///   - threads: How many work; the result does not depend on it.
  ///   - checkpoint: Throws where the work is to be given up.
  /// - Throws: ``NothingToCombine`` where the settings want an ensemble of models that share no example.
  package init(
    _ scores: RewardBenchScores, settings: MethodSettings, resampling: Resampling, threads: Int,
    progress: (any ProgressSink)? = nil, checkpoint: () throws -> Void = {}
  ) throws {
    let scores = scores.transformed(by: settings.transform)
    malformedRows = scores.malformedRows
    self.resampling = resampling
    var ids: Set<String> = []
    var examples: [ScoredExample] = []
    for example in scores.models.lazy.flatMap(\.examples) where ids.insert(example.id).inserted {
      examples.append(example)
    }
    lengthShares = LengthShare.all(examples)
    let prompts = BenchmarkPrompts(scores.models)
    ensemble = settings.ensemble.flatMap { RewardEnsemble(of: scores.models, by: $0) }
    if settings.ensemble != nil, ensemble == nil { throw NothingToCombine() }
    let scored = scores.models + (ensemble.map { [$0.model] } ?? [])
    models = scored.map { model in
      let rewards = Set(model.examples.flatMap { $0.answers.map(\.score) })
      return Model(
        name: model.name, pairs: model.examples.count,
        answers: model.examples.reduce(0) { $0 + $1.answers.count },
        missingScores: model.missingScores, malformedRows: model.malformedRows,
        missingRows: ids.count - Set(model.examples.map(\.id)).count,
        rowsWithoutTexts: model.rowsWithoutTexts, hasConstantScores: rewards.count == 1,
        baselines: [], outcome: Replicated([]))
    }
    if ensemble != nil { models[models.count - 1].isEnsemble = true }
    // A resample of one model is as much work as the model, so both are shared among the threads.
    let evaluated = scored.indices.filter { !scored[$0].examples.isEmpty }
    let works = evaluated.flatMap { model in
      [(model: model, replicate: Int?.none)]
        + (0..<resampling.count).map { (model: model, replicate: Int?.some($0)) }
    }
    let results = try Resampling.map(
      works, threads: threads, progress: progress, checkpoint: checkpoint
    ) { [ensemble] work in
      func draw(_ examples: [ScoredExample]) -> [ScoredExample] {
        work.replicate.map { prompts.resample(examples, resampling, $0) } ?? examples
      }
      return Self.results(
        work.model < scores.models.count
          ? draw(scores.models[work.model].examples) : ensemble?.combined(draw) ?? [], settings)
    }
    for (number, model) in evaluated.enumerated() {
      let start = number * (resampling.count + 1)
      models[model].outcome = Replicated(
        results[start], replicates: Array(results[(start + 1)..<(start + 1 + resampling.count)]))
      models[model].baselines = Self.baselines(scored[model].examples, settings)
    }
  }

  private static func baselines(
    _ examples: [ScoredExample], _ settings: MethodSettings
  ) -> [(baseline: LengthBaseline, figures: BenchmarkFigures)] {
    let comparisons = ExampleComparisons(examples, settings)
    return LengthBaseline.allCases.map { baseline in
      let scores = comparisons.scores(baseline)
      return (
        baseline,
        BenchmarkFigures(
          examples, points: comparisons.points(scores, ties: settings.ties).map(\.value),
          comparisons, scores, tieRule: settings.ties)
      )
    }
  }

  private static func results(
    _ examples: [ScoredExample], _ settings: MethodSettings
  ) -> [Result] {
    guard !examples.isEmpty else { return [] }
    let comparisons = ExampleComparisons(examples, settings)
    let lengths = LevelColumn(comparisons.lengths)
    var original: [Double] = []
    return EvaluationMethod.allCases.map { method in
      let scores = comparisons.rewards.scores(method, settings)
      let points = comparisons.points(scores, ties: settings.ties)
      var results = points.map(\.value)
      if method == .original {
        // The published code takes the file's word for the rewards as they are.
        original = zip(results, examples).map {
          settings.isReferenceCompatible && !$1.result.isNaN ? $1.result : $0
        }
        results = original
      }
      return Result(
        method: method,
        figures: BenchmarkFigures(
          examples, points: results, comparisons, scores, tieRule: settings.ties),
        changed: Double(zip(results, original).count { $0 != $1 }) / Double(examples.count),
        spearmanLength: Spearman.pooled(
          Sample(
            levels: lengths.levels, codes: lengths.codes,
            values: comparisons.ofAnswers(scores.first, scores.second))),
        ties: points.count(where: \.isTie), uncalibrated: scores.uncalibrated)
    }
  }
}

extension [RewardBenchEvaluation.Result] {
  /// The figures under a method; nil where no example took part.
  subscript(method: EvaluationMethod) -> RewardBenchEvaluation.Result? {
    first { $0.method == method }
  }

  /// What a method adds to the score; nil where no example took part.
  func gain(by method: EvaluationMethod) -> Double? {
    guard let before = self[.original], let after = self[method] else { return nil }
    return after.score - before.score
  }
}

extension RewardBenchEvaluation {
  /// What a method adds to the scores, over all models.
  package struct Gain: Sendable {
    package var method: EvaluationMethod
    package var mean: Double
    package var least: Double
    package var most: Double
    /// Of the mean.
    package var interval: ConfidenceInterval?
  }

  /// The gains of the methods over the rewards as they are.
  package var gains: [Gain] {
    let scored = scoredModels
    let all = Replicated(
      scored.map(\.results),
      replicates: (0..<resampling.count).map { replicate in
        scored.map { $0.outcome.replicates[replicate] }
      })
    return EvaluationMethod.allCases.filter { $0 != .original }.map { method in
      let gains = scored.compactMap { $0.gain(by: method) }
      return Gain(
        method: method, mean: gains.reduce(0, +) / Double(gains.count), least: gains.min() ?? 0,
        most: gains.max() ?? 0,
        interval: all.interval { results in
          let gains = results.compactMap { $0.gain(by: method) }
          return gains.isEmpty ? nil : gains.reduce(0, +) / Double(gains.count)
        })
    }
  }
}
