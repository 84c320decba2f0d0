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
  let origin: EvaluationOrigin

  package init(
    evaluation: LeaderboardEvaluation, settings: MethodSettings, origin: EvaluationOrigin
  ) {
    self.evaluation = evaluation
    self.settings = settings
    self.origin = origin
  }

  /// The models from the highest calibrated win rate to the lowest, then those without any.
  var ranked: [LeaderboardEvaluation.Model] { rankedPlaces.map { evaluation.models[$0] } }

  /// The places of ``ranked`` among the models.
  private var rankedPlaces: [Int] {
    func winRate(_ place: Int) -> Double { evaluation.models[place][.lwr]?.winRate ?? -1 }
    return evaluation.models.indices.sorted {
      let (one, other) = (winRate($0), winRate($1))
      return one != other ? one > other : $0 < $1
    }
  }

  private var unscored: [LeaderboardEvaluation.Model] {
    evaluation.models.filter { $0.results.isEmpty }
  }

  /// The win rates of every model of ``ranked`` as tables have them, a star behind those that
  /// differ from the original.
  var rankedWinRates: [[String]] {
    rankedPlaces.map { place in
      let results = evaluation.models[place].results
      guard !results.isEmpty else { return EvaluationMethod.allCases.map { _ in "–" } }
      return results.map { result in
        let gain = evaluation.interval(ofModel: place, gainedBy: result.method, \.winRate)
        return Quantity.decimal(result.winRate, places: 2)
          + (gain?.excludesZero == true ? "*" : "")
      }
    }
  }

  /// A model's length-controlled win rate as tables have it.
  func lengthControlled(of model: LeaderboardEvaluation.Model) -> String {
    model.lengthControlled.map { Quantity.decimal($0.winRate, places: 2) } ?? "–"
  }

  /// The interval of a figure of all models as tables have it.
  func interval(
    _ method: EvaluationMethod, places: Int,
    _ figure: (LeaderboardEvaluation.Summary) -> Double?
  ) -> String {
    evaluation.interval(method, figure)?.text(places: places) ?? "–"
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
            : "") + "answers without a score: \(Quantity.count(model.missingScores))"
          + (model.malformedRows > 0
            ? ", rows that lack a field: \(Quantity.count(model.malformedRows))" : ""))
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
      "length_control": .string(evaluation.lengthControl.rawValue),
      "preference_scale": evaluation.scale.map { .string($0.rawValue) } ?? .null,
      "models": .list(evaluation.models.enumerated().map { document($1, number: $0) }),
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
      "intervals": .object(
        EvaluationMethod.allCases.map { .init(name: $0.rawValue, value: intervals($0)) }),
      "origin": origin.document,
    ]
  }

  private func intervals(_ method: EvaluationMethod) -> JSONValue {
    let rankings = evaluation.summaries.first?.correlations.map(\.ranking) ?? []
    func interval(_ figure: (LeaderboardEvaluation.Summary) -> Double?) -> JSONValue {
      JSONValue(evaluation.interval(method, figure))
    }
    return [
      "spearman_length": interval(\.spearmanLength),
      "correlations": .object(
        rankings.enumerated().map { number, name in
          .init(
            name: name,
            value: [
              "spearman": interval { $0.correlations[number].spearman },
              "kendall": interval { $0.correlations[number].kendall },
            ])
        }),
      "gameability": [
        "verbosity": interval { $0.gameability?.verbosity },
        "conciseness": interval { $0.gameability?.conciseness },
      ],
    ]
  }

  private func byMethod(_ value: (LeaderboardEvaluation.Summary) -> JSONValue) -> JSONValue {
    .object(evaluation.summaries.map { .init(name: $0.method.rawValue, value: value($0)) })
  }

  private func document(
    _ model: LeaderboardEvaluation.Model, number: Int
  ) -> JSONValue {
    [
      "model": .string(model.name),
      "answers": .integer(model.answers),
      "missing_scores": .integer(model.missingScores),
      "malformed_rows": .integer(model.malformedRows),
      "missing_rows": .integer(model.missingRows),
      "without_baseline": .integer(model.withoutBaseline),
      "constant_scores": .bool(model.hasConstantScores),
      "length_controlled_win_rate": JSONValue(model.lengthControlled?.winRate),
      "length_controlled": model.lengthControlled.map {
        [
          "win_rate": .number($0.winRate), "standard_error": .number($0.standardError),
          "strength": .number($0.strength),
          "coefficients": .list($0.coefficients.map(JSONValue.number)),
        ]
      } ?? .null,
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
              "intervals": [
                "win_rate": JSONValue(
                  evaluation.interval(ofModel: number, method, \.winRate)),
                "discrete_win_rate": JSONValue(
                  evaluation.interval(ofModel: number, method, \.discreteWinRate)),
              ],
              "gain": JSONValue(
                difference: gain(of: model, by: method),
                evaluation.interval(ofModel: number, gainedBy: method, \.winRate)),
            ])
        }),
    ]
  }

  private func gain(
    of model: LeaderboardEvaluation.Model, by method: EvaluationMethod
  ) -> Double? {
    guard let before = model[.original], let after = model[method] else { return nil }
    return after.winRate - before.winRate
  }

  // MARK: CSV

  /// A line a model, method and figure.
  package var csv: String {
    var table = TidyTable()
    for (number, model) in rankedPlaces.map({ ($0, evaluation.models[$0]) }) {
      for (name, count) in [
        ("answers", model.answers), ("missing_scores", model.missingScores),
        ("malformed_rows", model.malformedRows), ("missing_rows", model.missingRows),
        ("without_baseline", model.withoutBaseline),
      ] {
        table.add(model.name, "total", name, count)
      }
      table.add(model.name, nil, "total", "avg_length", model.meanLength, count: model.answers)
      table.add(
        model.name, nil, "total", "length_controlled_win_rate", model.lengthControlled?.winRate,
        count: model.answers)
      for result in model.results {
        func add(_ name: String, _ figure: (LeaderboardEvaluation.Result) -> Double) {
          table.add(
            model.name, result.method, "total", name, figure(result),
            evaluation.interval(ofModel: number, result.method, figure), count: model.answers)
        }
        add("win_rate", \.winRate)
        add("discrete_win_rate", \.discreteWinRate)
        table.add(model.name, result.method, "total", "ties", Double(result.ties))
        if result.method != .original {
          table.add(
            model.name, result.method, "total", "gain", gain(of: model, by: result.method),
            evaluation.interval(ofModel: number, gainedBy: result.method, \.winRate),
            count: model.answers)
        }
      }
    }
    for summary in evaluation.summaries {
      func add(
        _ kind: String, _ name: String, count: Int? = nil,
        _ figure: (LeaderboardEvaluation.Summary) -> Double?
      ) {
        table.add(
          "", summary.method, kind, name, figure(summary),
          evaluation.interval(summary.method, figure), count: count)
      }
      add("total", "spearman_length", \.spearmanLength)
      for (number, found) in summary.correlations.enumerated() {
        add("spearman", found.ranking, count: found.models) { $0.correlations[number].spearman }
        add("kendall", found.ranking, count: found.models) { $0.correlations[number].kendall }
      }
      if summary.gameability != nil {
        add("gameability", "verbosity") { $0.gameability?.verbosity }
        add("gameability", "conciseness") { $0.gameability?.conciseness }
      }
    }
    origin.add(to: &table)
    return table.text
  }

  // MARK: Tables

  /// The leaderboard's columns.
  var boardHead: [String] {
    ["model", "answers", "mean length"] + EvaluationMethod.allCases.map(\.title)
      + ["AlpacaEval's LC"]
  }

  /// A row a model, the best first.
  var boardRows: [[String]] {
    zip(ranked, rankedWinRates).map { model, rates in
      [model.name, Quantity.count(model.answers), meanLength(of: model)] + rates
        + [lengthControlled(of: model)]
    }
  }

  /// What is said of all models under each method.
  var figures: [FigureRow] {
    var rows: [FigureRow] = []
    func add(
      _ name: String, _ count: String, _ places: Int, isSigned: Bool = false,
      _ figure: @escaping (LeaderboardEvaluation.Summary) -> Double?
    ) {
      rows.append(
        FigureRow(
          name, count: count,
          cells: evaluation.summaries.map { summary in
            isSigned
              ? Quantity.signed(figure(summary), places: places)
              : figure(summary).map { Quantity.decimal($0, places: places) } ?? "–"
          }))
      guard evaluation.resampling.count > 0 else { return }
      rows.append(
        FigureRow(
          "  95 % interval", count: "",
          cells: evaluation.summaries.map { interval($0.method, places: places, figure) }))
    }
    let answers = evaluation.scoredModels.reduce(0) { $0 + $1.answers }
    add("Spearman with length", Quantity.count(answers, "answer"), 3, isSigned: true) {
      $0.spearmanLength
    }
    for (number, ranking) in (evaluation.summaries.first?.correlations ?? []).enumerated() {
      let models = Quantity.count(ranking.models, "model")
      add("Spearman with \(ranking.ranking)", models, 3, isSigned: true) {
        $0.correlations[number].spearman
      }
      add("Kendall with \(ranking.ranking)", models, 3, isSigned: true) {
        $0.correlations[number].kendall
      }
    }
    if evaluation.summaries.contains(where: { $0.gameability != nil }) {
      let models = Quantity.count(evaluation.scoredModels.count, "model")
      add("verbosity gameability, %", models, 1) { $0.gameability?.verbosity }
      add("conciseness gameability, %", models, 1) { $0.gameability?.conciseness }
    }
    return rows
  }

  // MARK: Text

  /// What is printed for people.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String {
    var board = TextTable([.name, .figure], hasHeader: true)
    board.add(boardHead)
    boardRows.forEach { board.add($0) }
    var table = TextTable([.name, .figure], hasHeader: true)
    table.add(["", "n"] + EvaluationMethod.allCases.map(\.title))
    figures.forEach { table.add($0.texts) }
    let title = "win rates over \(evaluation.baseline.shown) in percent, lengths in code points"
    return title.wrapped(width: width ?? .max).map { "\($0)\n" }.joined()
      + board.text(width: width) + "\n" + table.text(width: width)
      + notes.flatMap { $0.wrapped(width: width ?? .max) }.map { "\($0)\n" }.joined()
  }

  /// What is to be known of the rows.
  package var notes: [String] {
    var notes = evaluation.resampling.starNote(of: "instructions").map { [$0] } ?? []
    notes.append(
      "AlpacaEval's LC: its length-controlled win rate "
        + (evaluation.lengthControl == .full
          ? "(length_controlled_v1)"
          : "by lengths alone (length_controlled_minimal); --gamed df_gamed.csv gives the "
            + "leaderboard's"))
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
