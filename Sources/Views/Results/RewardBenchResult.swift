internal import Emit
package import Evaluate
package import JSON
package import Records
internal import Scan

/// What `evaluate rewardbench` found, for every form of output.
package struct RewardBenchResult {
  package let evaluation: RewardBenchEvaluation
  package let settings: MethodSettings
  let origin: EvaluationOrigin

  package init(
    evaluation: RewardBenchEvaluation, settings: MethodSettings, origin: EvaluationOrigin
  ) {
    self.evaluation = evaluation
    self.settings = settings
    self.origin = origin
  }

  /// A model's scores as tables have them, a star behind those whose gain is one at all.
  func scores(of model: RewardBenchEvaluation.Model) -> [String] {
    model.results.isEmpty
      ? EvaluationMethod.allCases.map { _ in "–" }
      : model.results.map { result in
        let isGain = model.gainInterval(by: result.method)?.excludesZero == true
        return Quantity.decimal(result.score * 100, places: 2) + (isGain ? "*" : "")
      }
  }

  /// What a star means; nil where there are no intervals.
  var starNote: String? { evaluation.resampling.starNote(of: "prompts") }

  /// What should not be overlooked, whatever form the figures have.
  package var warnings: [Diagnostic] {
    evaluation.models.filter(\.results.isEmpty).map { model in
      Diagnostic(
        .warning,
        "model \"\(model.name)\" has no score: rows that lack a score: "
          + Quantity.count(model.missingScores)
          + (model.malformedRows > 0
            ? ", rows that lack a field: \(Quantity.count(model.malformedRows))" : ""))
    } + [evaluation.malformedRows.warning, lengthWarning].compactMap(\.self) + ensembleWarnings
  }

  private var ensembleWarnings: [Diagnostic] {
    guard let ensemble = evaluation.ensemble else { return [] }
    var warnings = ensemble.silent.map { name in
      Diagnostic(
        .warning,
        "the scores of \"\(name)\" do not differ within any example, so it has no say in the "
          + "ensemble", code: "reward_model_without_say")
    }
    if ensemble.mismatched > 0 {
      warnings.append(
        Diagnostic(
          .warning,
          "\(Quantity.count(ensemble.mismatched, "example")) of one id \(ensemble.mismatched == 1 ? "has" : "have") "
            + "other answers for another model, and no part in the ensemble",
          hint: "check that ids mean the same in all files", code: "mismatched_examples"))
    }
    return warnings
  }

  /// Where length is quality, so that calibration is to be expected to hurt; nil for nowhere.
  private var lengthWarning: Diagnostic? {
    let subsets = evaluation.lengthShares.filter(\.tellsQuality).map { share in
      let isLonger = share.longerRight > 0.5
      let part = isLonger ? share.longerRight : 1 - share.longerRight
      return "\"\(share.subset)\" (the \(isLonger ? "longer" : "shorter") answer is right in "
        + "\(Quantity.percent(part)) of \(Quantity.count(share.pairs)) pairs)"
    }
    guard !subsets.isEmpty else { return nil }
    return Diagnostic(
      .warning,
      "length goes with quality in \(subsets.joined(separator: ", ")): calibration, which takes "
        + "length off the scores, can be expected to hurt there",
      hint: "judge calibration by the other subsets", code: "length_is_quality")
  }

  // MARK: JSON

  /// What `--json` prints.
  package var document: JSONValue {
    [
      "models": .list(evaluation.models.map(document)),
      "ensemble": evaluation.ensemble.map { ensemble in
        ["model": .string(ensemble.name), "of": .list(ensemble.names.map(JSONValue.string))]
      } ?? .null,
      "gains": .object(
        evaluation.gains.map { gain in
          .init(
            name: gain.method.rawValue,
            value: [
              "mean": .number(gain.mean), "minimum": .number(gain.least),
              "maximum": .number(gain.most), "interval": JSONValue(gain.interval),
            ])
        }),
      "longer_right": .object(
        evaluation.lengthShares.map {
          .init(
            name: $0.subset,
            value: [
              "share": .number($0.longerRight), "pairs": .integer($0.pairs),
              "length_is_quality": .bool($0.tellsQuality),
            ])
        }),
      "malformed_rows": .integer(evaluation.malformedRows.count),
      "tie_rule": .string(settings.ties.rawValue),
      "reference_compatible": .bool(settings.isReferenceCompatible),
      "origin": origin.document,
    ]
  }

  private func document(_ model: RewardBenchEvaluation.Model) -> JSONValue {
    [
      "model": .string(model.name),
      "pairs": .integer(model.pairs),
      "missing_scores": .integer(model.missingScores),
      "malformed_rows": .integer(model.malformedRows),
      "missing_rows": .integer(model.missingRows),
      "rows_without_texts": .integer(model.rowsWithoutTexts),
      "constant_scores": .bool(model.hasConstantScores),
      "methods": .object(
        EvaluationMethod.allCases.map { method in
          .init(
            name: method.rawValue, value: model[method].map { document($0, of: model) } ?? .null)
        }),
      "baselines": .object(
        model.baselines.map { baseline in
          .init(
            name: baseline.baseline.rawValue,
            value: [
              "score": .number(baseline.figures.score),
              "accuracy": .number(baseline.figures.accuracy),
              "subsets": .object(
                baseline.figures.subsets.map { .init(name: $0.name, value: .number($0.accuracy)) }),
            ])
        }),
      "counts": .object(
        (model.results.first?.subsets ?? []).map { .init(name: $0.name, value: .integer($0.count)) }
      ),
    ]
  }

  private func document(
    _ result: RewardBenchEvaluation.Result, of model: RewardBenchEvaluation.Model
  ) -> JSONValue {
    [
      "sections": .object(result.sections.map { .init(name: $0.name, value: .number($0.score)) }),
      "subsets": .object(
        result.subsets.map { .init(name: $0.name, value: .number($0.accuracy)) }),
      "score": .number(result.score),
      "accuracy": .number(result.figures.accuracy),
      "difficulties": .object(
        result.figures.difficulties.map {
          .init(name: $0.difficulty.rawValue, value: .number($0.accuracy))
        }),
      "ties_score": result.figures.ties.map(document) ?? .null,
      "gain": JSONValue(
        difference: model.gain(by: result.method), model.gainInterval(by: result.method)),
      "intervals": intervals(result, of: model),
      "changed": .number(result.changed),
      "spearman_length": JSONValue(result.spearmanLength),
      "ties": .integer(result.ties),
      "uncalibrated": .integer(result.uncalibrated),
    ]
  }

  private func document(_ ties: TiesScore) -> JSONValue {
    [
      "score": .number(ties.score), "ref_accuracy": .number(ties.referenceAccuracy),
      "tied_accuracy": .number(ties.tiedAccuracy),
      "correctness_preferred": .number(ties.preferred),
      "correctness_preferred_hard": .number(ties.preferredHard),
      "correctness_margin": .number(ties.margin),
    ]
  }

  private func intervals(
    _ result: RewardBenchEvaluation.Result, of model: RewardBenchEvaluation.Model
  ) -> JSONValue {
    func interval(_ figure: (RewardBenchEvaluation.Result) -> Double?) -> JSONValue {
      JSONValue(model.interval(result.method, figure))
    }
    return [
      "score": interval(\.score), "accuracy": interval(\.figures.accuracy),
      "changed": interval(\.changed), "spearman_length": interval(\.spearmanLength),
      "sections": .object(
        result.sections.map { .init(name: $0.name, value: interval(section($0.name))) }),
      "subsets": .object(
        result.subsets.map { .init(name: $0.name, value: interval(subset($0.name))) }),
      "difficulties": .object(
        result.figures.difficulties.map {
          .init(name: $0.difficulty.rawValue, value: interval(difficulty($0.difficulty)))
        }),
    ]
  }

  private func section(_ name: String) -> (RewardBenchEvaluation.Result) -> Double? {
    { $0.sections.first { $0.name == name }?.score }
  }

  private func subset(_ name: String) -> (RewardBenchEvaluation.Result) -> Double? {
    { $0.subsets.first { $0.name == name }?.accuracy }
  }

  private func difficulty(
    _ difficulty: StyleDifficulty
  ) -> (RewardBenchEvaluation.Result) -> Double? {
    { $0.figures.difficulties.first { $0.difficulty == difficulty }?.accuracy }
  }

  // MARK: CSV

  /// A line a model, method and figure.
  package var csv: String {
    var table = TidyTable()
    for model in evaluation.models {
      for (name, count) in [
        ("pairs", model.pairs), ("missing_scores", model.missingScores),
        ("malformed_rows", model.malformedRows), ("missing_rows", model.missingRows),
      ] {
        table.add(model.name, "total", name, count)
      }
      for (baseline, figures) in model.baselines {
        table.add(
          model.name, nil, "baseline", baseline.rawValue, figures.score, count: model.pairs)
        for subset in figures.subsets {
          table.add(
            model.name, nil, "baseline_\(baseline.rawValue)", subset.name, subset.accuracy,
            count: subset.count)
        }
      }
      for result in model.results {
        func add(
          _ kind: String, _ name: String, count: Int? = nil,
          _ figure: (RewardBenchEvaluation.Result) -> Double?
        ) {
          table.add(
            model.name, result.method, kind, name, figure(result),
            model.interval(result.method, figure), count: count)
        }
        add("total", "score", count: model.pairs, \.score)
        add("total", "accuracy", count: model.pairs, \.figures.accuracy)
        add("total", "changed", count: model.pairs, \.changed)
        add("total", "spearman_length", count: model.answers, \.spearmanLength)
        table.add(model.name, result.method, "total", "ties", Double(result.ties))
        if result.method != .original {
          table.add(
            model.name, result.method, "total", "gain", model.gain(by: result.method),
            model.gainInterval(by: result.method), count: model.pairs)
        }
        for found in result.sections {
          add("section", found.name, count: found.count, section(found.name))
        }
        for found in result.subsets {
          add("subset", found.name, count: found.count, subset(found.name))
        }
        for found in result.figures.difficulties {
          add("difficulty", found.difficulty.rawValue, difficulty(found.difficulty))
        }
      }
    }
    for gain in evaluation.gains where !evaluation.scoredModels.isEmpty {
      table.add(
        "", gain.method, "gain", "mean", gain.mean, gain.interval,
        count: evaluation.scoredModels.count)
    }
    for share in evaluation.lengthShares {
      table.add("", nil, "longer_right", share.subset, share.longerRight, count: share.pairs)
    }
    origin.add(to: &table)
    return table.text
  }
}
