internal import Calibrate
internal import Columns
internal import Work

/// What a benchmark says of reward models, under every method.
package struct RewardBenchEvaluation: Sendable {
  /// What it says of one model.
  package struct Model: Sendable {
    package var name: String
    /// Examples that took part.
    package var pairs: Int
    /// Their answers.
    package var answers: Int
    package var missingScores: Int
    /// Examples of other models that this one has no row for.
    package var missingRows: Int
    package var rowsWithoutTexts: Int
    /// Whether every reward is the same, so that nothing can be said.
    package var hasConstantScores: Bool
    /// One a method, in the order of ``EvaluationMethod``; none where no example took part.
    package var results: [Result]

    /// The figures under a method; nil where no example took part.
    package subscript(method: EvaluationMethod) -> Result? {
      results.first { $0.method == method }
    }

    /// What a method adds to the score; nil where no example took part.
    package func gain(by method: EvaluationMethod) -> Double? {
      guard let before = self[.original], let after = self[method] else { return nil }
      return after.score - before.score
    }
  }

  /// A model's figures under one method.
  package struct Result: Sendable {
    package var method: EvaluationMethod
    /// The share of right preferences by subset, in the order in which they first came.
    package var subsets: [(name: String, accuracy: Double, count: Int)]
    /// With the examples that each rests on.
    package var sections: [(name: String, score: Double, count: Int)]
    /// The mean over the sections.
    package var score: Double
    /// The share of examples whose preference is not what the rewards as they are say.
    package var changed: Double
    /// Spearman's correlation of score and first characteristic over all answers; nil where one
    /// side does not vary.
    package var spearmanLength: Double?
    /// Examples whose best right and best wrong answer have equal scores.
    package var ties: Int
    /// Comparisons of two answers that RC-Mean left as they are.
    package var uncalibrated: Int
  }

  /// All models, those without results too.
  package private(set) var models: [Model]
  package let malformedRows: MalformedRows

  /// Models that have results.
  package var scoredModels: [Model] { models.filter { $0.pairs > 0 } }

  /// Evaluates every model.
  ///
  /// - Parameter threads: How many work; the result does not depend on it.
  package init(_ scores: RewardBenchScores, settings: MethodSettings, threads: Int) {
    malformedRows = scores.malformedRows
    let ids = Set(scores.models.flatMap { $0.examples.map(\.id) })
    models = Concurrent.map(scores.models, threads: threads) { model in
      let results = model.examples.isEmpty ? [] : Self.results(model.examples, settings)
      let rewards = Set(model.examples.flatMap { $0.answers.map(\.score) })
      return Model(
        name: model.name, pairs: model.examples.count,
        answers: model.examples.reduce(0) { $0 + $1.answers.count },
        missingScores: model.missingScores,
        missingRows: ids.count - Set(model.examples.map(\.id)).count,
        rowsWithoutTexts: model.rowsWithoutTexts, hasConstantScores: rewards.count == 1,
        results: results)
    }
  }

  private static func results(
    _ examples: [ScoredExample], _ settings: MethodSettings
  ) -> [Result] {
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
      let subsets = accuracies(examples, results)
      let sections = RewardBenchSections.scores(
        of: subsets.map { ($0.name, $0.accuracy, $0.count) })
      return Result(
        method: method, subsets: subsets,
        sections: sections.map { ($0.section, $0.score, $0.count) },
        score: sections.reduce(0) { $0 + $1.score } / Double(sections.count),
        changed: Double(zip(results, original).count { $0 != $1 }) / Double(examples.count),
        spearmanLength: Spearman.pooled(
          Sample(
            levels: lengths.levels, codes: lengths.codes,
            values: comparisons.ofAnswers(scores.first, scores.second))),
        ties: points.count(where: \.isTie), uncalibrated: scores.uncalibrated)
    }
  }

  private static func accuracies(
    _ examples: [ScoredExample], _ results: [Double]
  ) -> [(name: String, accuracy: Double, count: Int)] {
    var order: [String] = []
    var counts: [String: (right: Double, all: Int)] = [:]
    for (example, result) in zip(examples, results) {
      if counts[example.subset] == nil { order.append(example.subset) }
      counts[example.subset, default: (0, 0)].right += result
      counts[example.subset, default: (0, 0)].all += 1
    }
    return order.map { name in
      let (right, all) = counts[name] ?? (0, 1)
      return (name, right / Double(all), all)
    }
  }
}

extension RewardBenchEvaluation {
  /// What a method adds to the scores, over all models.
  package struct Gain: Sendable {
    package var method: EvaluationMethod
    package var mean: Double
    package var least: Double
    package var most: Double
  }

  /// The gains of the methods over the rewards as they are.
  package var gains: [Gain] {
    EvaluationMethod.allCases.filter { $0 != .original }.map { method in
      let gains = models.compactMap { $0.gain(by: method) }
      return Gain(
        method: method, mean: gains.reduce(0, +) / Double(gains.count), least: gains.min() ?? 0,
        most: gains.max() ?? 0)
    }
  }
}
