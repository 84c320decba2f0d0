internal import Emit
internal import Evaluate
internal import JSON
internal import Records
internal import Scan

/// What `evaluate alpacaeval` found, for every form of output.
struct LeaderboardResult {
  let evaluation: LeaderboardEvaluation
  let settings: MethodSettings

  /// The places of the models from the highest calibrated win rate to the lowest.
  var ranked: [LeaderboardEvaluation.Model] {
    let lwr = EvaluationMethod.allCases.firstIndex(of: .lwr) ?? 0
    return evaluation.models.enumerated().sorted {
      let (one, other) = (
        $0.element.results[lwr].winRate, $1.element.results[lwr].winRate
      )
      return one != other ? one > other : $0.offset < $1.offset
    }.map(\.element)
  }

  // MARK: JSON

  /// What `--json` prints.
  var document: JSONValue {
    [
      "baseline": .string(evaluation.baseline),
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
      "malformed_rows": .integer(evaluation.malformedRows.count),
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
        zip(EvaluationMethod.allCases, model.results).map { method, result in
          .init(
            name: method.rawValue,
            value: [
              "win_rate": .number(result.winRate),
              "discrete_win_rate": .number(result.discreteWinRate),
              "avg_length": .number(model.meanLength),
              "ties": .integer(result.ties),
            ])
        }),
    ]
  }

  // MARK: CSV

  /// A line a model.
  var csv: String {
    let methods = EvaluationMethod.allCases
    var lines = [
      (["model", "avg_length", "answers"]
        + methods.flatMap { ["\($0.rawValue)_win_rate", "\($0.rawValue)_discrete_win_rate"] })
        .joined(separator: ",")
    ]
    for model in ranked {
      let rates = model.results.flatMap { ["\($0.winRate)", "\($0.discreteWinRate)"] }
      lines.append(
        ([CommaSeparated.cell(model.name), "\(model.meanLength)", "\(model.answers)"] + rates)
          .joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Text

  /// What is printed for people.
  var text: String {
    let methods = EvaluationMethod.allCases
    var board = TextTable()
    board.add(["win rate over \(evaluation.baseline), %", "length"] + methods.map(\.title))
    for model in ranked {
      board.add(
        [model.name, Quantity.decimal(model.meanLength, places: 0)]
          + model.results.map { Quantity.decimal($0.winRate, places: 2) })
    }
    var table = TextTable()
    table.add([""] + methods.map(\.title))
    func add(_ name: String, _ value: (LeaderboardEvaluation.Summary) -> String) {
      table.add([name] + evaluation.summaries.map(value))
    }
    add("Spearman of score and length") { Quantity.signed($0.spearmanLength, places: 3) }
    for (number, ranking) in (evaluation.summaries.first?.correlations ?? []).enumerated() {
      add("Spearman with \(ranking.ranking) (\(ranking.models) models)") {
        Quantity.signed($0.correlations[number].spearman, places: 3)
      }
      add("Kendall with \(ranking.ranking)") {
        Quantity.signed($0.correlations[number].kendall, places: 3)
      }
    }
    add("verbosity gameability") {
      $0.gameability.map { Quantity.decimal($0.verbosity, places: 1) } ?? "–"
    }
    add("conciseness gameability") {
      $0.gameability.map { Quantity.decimal($0.conciseness, places: 1) } ?? "–"
    }
    return board.text() + "\n" + table.text() + notes.map { "\($0)\n" }.joined()
  }

  /// What is to be known of the rows.
  var notes: [String] {
    var notes: [String] = []
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
    if let note = evaluation.malformedRows.note { notes.append(note) }
    for model in evaluation.models where model.hasConstantScores {
      notes.append("\(model.name): every score is the same")
    }
    let ties = evaluation.models.reduce(0) { $0 + ($1.results.first?.ties ?? 0) }
    if ties > 0 { notes.append("answers that tie with the baseline's: \(Quantity.count(ties))") }
    return notes
  }
}
