internal import Emit
package import Evaluate
package import JSON
package import Records
internal import Scan
internal import Terminal
internal import Text

/// What `evaluate alpacaeval` found, for every form of output.
package struct LeaderboardResult {
  package let evaluation: LeaderboardEvaluation
  package let settings: MethodSettings

  package init(evaluation: LeaderboardEvaluation, settings: MethodSettings) {
    self.evaluation = evaluation
    self.settings = settings
  }

  /// The models from the highest calibrated win rate to the lowest, then those without any.
  var ranked: [LeaderboardEvaluation.Model] {
    func winRate(_ model: LeaderboardEvaluation.Model) -> Double { model[.lwr]?.winRate ?? 0 }
    return evaluation.scoredModels.enumerated().sorted {
      let (one, other) = (winRate($0.element), winRate($1.element))
      return one != other ? one > other : $0.offset < $1.offset
    }.map(\.element) + unscored
  }

  private var unscored: [LeaderboardEvaluation.Model] {
    evaluation.models.filter { $0.results.isEmpty }
  }

  /// A model's win rates as tables have them.
  func winRates(of model: LeaderboardEvaluation.Model) -> [String] {
    model.results.isEmpty
      ? EvaluationMethod.allCases.map { _ in "–" }
      : model.results.map { Quantity.decimal($0.winRate, places: 2) }
  }

  /// A model's mean length as tables have it.
  func meanLength(of model: LeaderboardEvaluation.Model) -> String {
    model.meanLength.map { Quantity.decimal($0, places: 0) } ?? "–"
  }

  /// What should not be overlooked, whatever form the figures have.
  package var warnings: [Diagnostic] {
    var warnings = unscored.map { model in
      Diagnostic(
        .warning,
        "model \"\(model.name)\" has no win rate: "
          + (model.withoutBaseline > 0
            ? "answers to what the baseline does not answer: "
              + "\(Quantity.count(model.withoutBaseline)), "
            : "") + "answers without a score: \(Quantity.count(model.missingScores))")
    }
    if let warning = evaluation.malformedRows.warning { warnings.append(warning) }
    if evaluation.isScaleUndecided {
      warnings.append(
        Diagnostic(
          .warning, "every preference is 1, taken as a win on the scale from 0 to 1",
          hint: "if 1 says that the baseline is better, give --preference-scale 1-2"))
    }
    for correlation in evaluation.summaries.first?.correlations ?? [] where correlation.models == 0
    {
      warnings.append(
        Diagnostic(
          .warning, "ranking \"\(correlation.ranking)\" names none of the models",
          hint: "its column \"model\", else its first, has to name them as the rows do"))
    }
    return warnings
  }

  // MARK: JSON

  /// What `--json` prints.
  package var document: JSONValue {
    [
      "baseline": .string(evaluation.baseline),
      "preference_scale": evaluation.scale.map { .string($0.rawValue) } ?? .null,
      "models": .list(evaluation.models.map(document)),
      "correlations": byMethod { summary in
        .object(
          summary.correlations.map {
            .init(
              name: $0.ranking,
              value: [
                "spearman": JSONValue($0.spearman), "kendall": JSONValue($0.kendall),
                "models": .integer($0.models),
              ])
          })
      },
      "gameability": byMethod { summary in
        summary.gameability.map {
          ["verbosity": .number($0.verbosity), "conciseness": .number($0.conciseness)]
        } ?? .null
      },
      "spearman_length": byMethod { JSONValue($0.spearmanLength) },
      "uncalibrated": byMethod { .integer($0.uncalibrated) },
      "outside_preference_scale": .integer(evaluation.outsideScale),
      "malformed_rows": .integer(evaluation.malformedRows.count),
      "tie_rule": .string(settings.ties.rawValue),
      "reference_compatible": .bool(settings.isReferenceCompatible),
    ]
  }

  private func byMethod(_ value: (LeaderboardEvaluation.Summary) -> JSONValue) -> JSONValue {
    .object(evaluation.summaries.map { .init(name: $0.method.rawValue, value: value($0)) })
  }

  private func document(_ model: LeaderboardEvaluation.Model) -> JSONValue {
    [
      "model": .string(model.name),
      "answers": .integer(model.answers),
      "missing_scores": .integer(model.missingScores),
      "missing_rows": .integer(model.missingRows),
      "without_baseline": .integer(model.withoutBaseline),
      "constant_scores": .bool(model.hasConstantScores),
      "methods": .object(
        EvaluationMethod.allCases.map { method in
          let result = model[method]
          return .init(
            name: method.rawValue,
            value: [
              "win_rate": JSONValue(result?.winRate),
              "discrete_win_rate": JSONValue(result?.discreteWinRate),
              "avg_length": JSONValue(model.meanLength),
              "ties": .integer(result?.ties ?? 0),
            ])
        }),
    ]
  }

  // MARK: CSV

  /// A line a model.
  package var csv: String {
    let methods = EvaluationMethod.allCases
    var lines = [
      (["model", "avg_length", "answers"]
        + methods.flatMap { ["\($0.rawValue)_win_rate", "\($0.rawValue)_discrete_win_rate"] }
        + ["missing_scores"]).joined(separator: ",")
    ]
    for model in ranked {
      let rates =
        model.results.isEmpty
        ? methods.flatMap { _ in ["", ""] }
        : model.results.flatMap { ["\($0.winRate)", "\($0.discreteWinRate)"] }
      let length = model.meanLength.map { "\($0)" } ?? ""
      lines.append(
        ([CommaSeparated.cell(model.name), length, "\(model.answers)"] + rates
          + ["\(model.missingScores)"]).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Text

  /// What is printed for people.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String {
    let methods = EvaluationMethod.allCases
    var board = TextTable([.name, .figure], hasHeader: true)
    board.add(["model", "answers", "mean length"] + methods.map(\.title))
    for model in ranked {
      board.add(
        [model.name, Quantity.count(model.answers), meanLength(of: model)] + winRates(of: model))
    }
    var table = TextTable([.name, .figure], hasHeader: true)
    table.add(["", "n"] + methods.map(\.title))
    func add(_ name: String, _ count: String, _ value: (LeaderboardEvaluation.Summary) -> String) {
      table.add([name, count] + evaluation.summaries.map(value))
    }
    let answers = evaluation.scoredModels.reduce(0) { $0 + $1.answers }
    add("Spearman with length", Quantity.count(answers, "answer")) {
      Quantity.signed($0.spearmanLength, places: 3)
    }
    for (number, ranking) in (evaluation.summaries.first?.correlations ?? []).enumerated() {
      let models = Quantity.count(ranking.models, "model")
      add("Spearman with \(ranking.ranking)", models) {
        Quantity.signed($0.correlations[number].spearman, places: 3)
      }
      add("Kendall with \(ranking.ranking)", models) {
        Quantity.signed($0.correlations[number].kendall, places: 3)
      }
    }
    if evaluation.summaries.contains(where: { $0.gameability != nil }) {
      let models = Quantity.count(evaluation.scoredModels.count, "model")
      add("verbosity gameability, %", models) {
        $0.gameability.map { Quantity.decimal($0.verbosity, places: 1) } ?? "–"
      }
      add("conciseness gameability, %", models) {
        $0.gameability.map { Quantity.decimal($0.conciseness, places: 1) } ?? "–"
      }
    }
    let title = "win rates over \(evaluation.baseline.shown) in percent, lengths in code points"
    return title.wrapped(width: width ?? .max).map { "\($0)\n" }.joined()
      + board.text(width: width) + "\n" + table.text(width: width)
      + notes.flatMap { $0.wrapped(width: width ?? .max) }.map { "\($0)\n" }.joined()
  }

  /// What is to be known of the rows.
  package var notes: [String] {
    var notes: [String] = []
    if let scale = evaluation.scale {
      notes.append("preferences go \(scale.explanation)")
    }
    if evaluation.outsideScale > 0 {
      notes.append(
        "scores that are not such a preference, taken as missing: "
          + Quantity.count(evaluation.outsideScale))
    }
    func sum(_ count: (LeaderboardEvaluation.Model) -> Int) -> Int {
      evaluation.models.reduce(0) { $0 + count($1) }
    }
    let counts = [
      (sum(\.missingScores), "answers without a score, left out"),
      (sum(\.withoutBaseline), "answers to what the baseline does not answer, left out"),
      (sum(\.missingRows), "answers of the baseline to which a model has none"),
    ]
    for (count, meaning) in counts where count > 0 {
      notes.append("\(meaning): \(Quantity.count(count))")
    }
    for model in ranked where model.missingScores > 0 {
      notes.append("\(model.name): answers without a score: \(Quantity.count(model.missingScores))")
    }
    if let note = evaluation.malformedRows.note { notes.append(note) }
    for model in evaluation.models where model.hasConstantScores {
      notes.append("\(model.name): every score is the same")
    }
    let ties = evaluation.models.reduce(0) { $0 + ($1.results.first?.ties ?? 0) }
    if ties > 0 {
      let credit = settings.ties == .half ? "half a discrete win each" : "no discrete wins"
      notes.append("answers that tie with the baseline's, \(credit): \(Quantity.count(ties))")
    }
    return notes
  }
}
