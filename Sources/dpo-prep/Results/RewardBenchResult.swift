internal import Emit
internal import Evaluate
internal import JSON
internal import Records
internal import Scan

/// What `evaluate rewardbench` found, for every form of output.
struct RewardBenchResult {
  let evaluation: RewardBenchEvaluation
  let settings: MethodSettings

  /// A model's scores as tables have them.
  func scores(of model: RewardBenchEvaluation.Model) -> [String] {
    model.results.isEmpty
      ? EvaluationMethod.allCases.map { _ in "–" }
      : model.results.map { Quantity.decimal($0.score * 100, places: 2) }
  }

  /// What should not be overlooked, whatever form the figures have.
  var warnings: [Diagnostic] {
    evaluation.models.filter(\.results.isEmpty).map { model in
      Diagnostic(
        .warning,
        "model \"\(model.name)\" has no score: rows that lack a score: "
          + Quantity.count(model.missingScores))
    } + [evaluation.malformedRows.warning].compactMap(\.self)
  }

  /// What a row of ties is called.
  var tiesTitle: String {
    switch settings.ties {
    case .half: "ties, which share the credit"
    case .wrong: "ties, wrong in pairs"
    }
  }

  // MARK: JSON

  /// What `--json` prints.
  var document: JSONValue {
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
  var csv: String {
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
  var text: String {
    var table = TextTable()
    table.add(["score, %"] + EvaluationMethod.allCases.map(\.title))
    for model in evaluation.models {
      table.add([model.name] + scores(of: model))
    }
    if evaluation.scoredModels.count > 1 {
      table.add(
        ["mean gain", ""]
          + evaluation.gains.map { Quantity.signed($0.mean * 100, places: 2) })
    }
    var text = table.text()
    for model in evaluation.models {
      guard !model.results.isEmpty else {
        text += "\n  \(model.name)\n" + notes(on: model).map { "  \($0)\n" }.joined()
        continue
      }
      var details = TextTable()
      details.add([model.name] + EvaluationMethod.allCases.map(\.title))
      for (number, section) in (model.results.first?.sections ?? []).enumerated() {
        details.add(
          ["  " + section.name]
            + model.results.map { Quantity.decimal($0.sections[number].score * 100, places: 2) })
      }
      details.add(
        ["  preferences changed"] + model.results.map { Quantity.percent($0.changed) })
      details.add(
        ["  Spearman with length"]
          + model.results.map { Quantity.signed($0.spearmanLength, places: 3) })
      details.add(["  " + tiesTitle] + model.results.map { Quantity.count($0.ties) })
      text += "\n" + details.text() + notes(on: model).map { "  \($0)\n" }.joined()
    }
    return text + (evaluation.malformedRows.note.map { "\n\($0)\n" } ?? "")
  }

  /// What is to be known of a model's rows.
  func notes(on model: RewardBenchEvaluation.Model) -> [String] {
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
