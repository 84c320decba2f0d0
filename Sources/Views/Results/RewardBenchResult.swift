internal import Emit
package import Evaluate
package import JSON
package import Records
internal import Scan
internal import Terminal
internal import Text

/// What `evaluate rewardbench` found, for every form of output.
package struct RewardBenchResult {
  package let evaluation: RewardBenchEvaluation
  package let settings: MethodSettings

  package init(evaluation: RewardBenchEvaluation, settings: MethodSettings) {
    self.evaluation = evaluation
    self.settings = settings
  }

  /// A model's scores as tables have them.
  package func scores(of model: RewardBenchEvaluation.Model) -> [String] {
    model.results.isEmpty
      ? EvaluationMethod.allCases.map { _ in "–" }
      : model.results.map { Quantity.decimal($0.score * 100, places: 2) }
  }

  /// What should not be overlooked, whatever form the figures have.
  package var warnings: [Diagnostic] {
    evaluation.models.filter(\.results.isEmpty).map { model in
      Diagnostic(
        .warning,
        "model \"\(model.name)\" has no score: rows that lack a score: "
          + Quantity.count(model.missingScores))
    } + [evaluation.malformedRows.warning].compactMap(\.self)
  }

  /// What a row of ties is called.
  var tiesTitle: String { "ties, counted \(settings.ties.rawValue)" }

  // MARK: JSON

  /// What `--json` prints.
  package var document: JSONValue {
    [
      "models": .list(evaluation.models.map(document)),
      "gains": .object(
        evaluation.gains.map { gain in
          .init(
            name: gain.method.rawValue,
            value: [
              "mean": .number(gain.mean), "minimum": .number(gain.least),
              "maximum": .number(gain.most),
            ])
        }),
      "malformed_rows": .integer(evaluation.malformedRows.count),
      "tie_rule": .string(settings.ties.rawValue),
      "reference_compatible": .bool(settings.isReferenceCompatible),
    ]
  }

  private func document(_ model: RewardBenchEvaluation.Model) -> JSONValue {
    [
      "model": .string(model.name),
      "pairs": .integer(model.pairs),
      "missing_scores": .integer(model.missingScores),
      "missing_rows": .integer(model.missingRows),
      "rows_without_texts": .integer(model.rowsWithoutTexts),
      "constant_scores": .bool(model.hasConstantScores),
      "methods": .object(
        EvaluationMethod.allCases.map { method in
          .init(name: method.rawValue, value: model[method].map(document) ?? .null)
        }),
    ]
  }

  private func document(_ result: RewardBenchEvaluation.Result) -> JSONValue {
    [
      "sections": .object(result.sections.map { .init(name: $0.name, value: .number($0.score)) }),
      "subsets": .object(
        result.subsets.map { .init(name: $0.name, value: .number($0.accuracy)) }),
      "score": .number(result.score),
      "changed": .number(result.changed),
      "spearman_length": JSONValue(result.spearmanLength),
      "ties": .integer(result.ties),
      "uncalibrated": .integer(result.uncalibrated),
    ]
  }

  // MARK: CSV

  /// A line a model, method and figure.
  package var csv: String {
    var lines = ["model,method,kind,name,value"]
    for model in evaluation.models {
      for (name, count) in [("pairs", model.pairs), ("missing_scores", model.missingScores)] {
        lines.append(CommaSeparated.cell(model.name) + ",,total,\(name),\(count)")
      }
      for result in model.results {
        func add(_ kind: String, _ name: String, _ value: Double?) {
          let cells = [model.name, result.method.rawValue, kind, name].map(CommaSeparated.cell)
          lines.append((cells + [value.map { "\($0)" } ?? ""]).joined(separator: ","))
        }
        add("total", "score", result.score)
        add("total", "changed", result.changed)
        add("total", "spearman_length", result.spearmanLength)
        add("total", "ties", Double(result.ties))
        for section in result.sections { add("section", section.name, section.score) }
        for subset in result.subsets { add("subset", subset.name, subset.accuracy) }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Text

  /// What is printed for people.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String {
    var table = TextTable([.name, .figure], hasHeader: true)
    table.add(["score, %", "n"] + EvaluationMethod.allCases.map(\.title))
    for model in evaluation.models {
      table.add([model.name, Quantity.count(model.pairs, "pair")] + scores(of: model))
    }
    let scored = evaluation.scoredModels.count
    if scored > 1 {
      table.add(
        ["mean gain, points", Quantity.count(scored, "model"), "–"]
          + evaluation.gains.map { Quantity.signed($0.mean * 100, places: 2) })
    }
    var text = table.text(width: width)
    let names = ShortNames(evaluation.models.map(\.name), cells: max(1, (width ?? .max) - 2))
    for model in evaluation.models {
      let notes = notes(on: model).flatMap { $0.wrapped(width: max(1, (width ?? .max) - 2)) }
      text += "\n  \(names[model.name].shown)\n"
      if !model.results.isEmpty { text += details(of: model).text(width: width) }
      text += notes.map { "  \($0)\n" }.joined()
    }
    return text + (evaluation.malformedRows.note.map { "\n\($0)\n" } ?? "")
  }

  /// A model's figures under each method.
  private func details(of model: RewardBenchEvaluation.Model) -> TextTable {
    var table = TextTable([.name, .figure], hasHeader: true)
    table.add(["accuracy, %", "n"] + EvaluationMethod.allCases.map(\.title))
    func add(
      _ name: String, _ count: Int, _ noun: String,
      _ cell: (RewardBenchEvaluation.Result) -> String
    ) {
      table.add([name, "\(Quantity.count(count)) \(noun)"] + model.results.map(cell))
    }
    for (number, section) in (model.results.first?.sections ?? []).enumerated() {
      add(section.name, section.count, "pairs") {
        Quantity.decimal($0.sections[number].score * 100, places: 2)
      }
    }
    add("preferences changed", model.pairs, "pairs") { Quantity.percent($0.changed) }
    add("Spearman with length", model.answers, "answers") {
      Quantity.signed($0.spearmanLength, places: 3)
    }
    add(tiesTitle, model.pairs, "pairs") { Quantity.count($0.ties) }
    return table
  }

  /// What is to be known of a model's rows.
  package func notes(on model: RewardBenchEvaluation.Model) -> [String] {
    var notes: [String] = []
    if model.missingScores > 0 {
      notes.append("rows that lack a score, left out: \(Quantity.count(model.missingScores))")
    }
    if model.missingRows > 0 {
      notes.append("examples that only other models have: \(Quantity.count(model.missingRows))")
    }
    if model.rowsWithoutTexts > 0 {
      notes.append(
        "rows that --texts has none for, measured by their own: "
          + Quantity.count(model.rowsWithoutTexts))
    }
    if model.hasConstantScores { notes.append("every score is the same") }
    return notes
  }
}
