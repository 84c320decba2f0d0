internal import Evaluate
internal import Job
internal import Records
package import Report

/// What `evaluate rewardbench --html` writes.
package struct RewardBenchReport {
  package let result: RewardBenchResult

  package init(result: RewardBenchResult) { self.result = result }

  private var evaluation: RewardBenchEvaluation { result.evaluation }

  package var page: ReportPage {
    ReportPage(
      title: "Reward models with and without length bias",
      lead: "\(Quantity.count(evaluation.models.count, "model")); the score is the mean over "
        + "sections of the share of right preferences.",
      keyFigures: evaluation.gains.map {
        KeyFigure(
          "mean gain, \($0.method.title)", Quantity.signed($0.mean * 100, places: 2) + " points")
      },
      sections: [
        ReportPage.Section(
          "Scores before and after",
          [.figures([modelScores, gains].compactMap(\.self))]),
        ReportPage.Section(
          "Scores",
          scores.nodes(label: "Score of every model and method")
            + [result.starNote, result.sectionNote].compactMap(\.self).map { note in
              tag("p", ["class": "note"]) { note }
            }),
        ReportPage.Section(
          "Length and the right answer",
          lengths.nodes(label: "How often the longer answer is the right one")),
        ReportPage.Section(
          "Every model",
          evaluation.models.prefix(Self.detailedModels).map(details)
            + [evaluation.malformedRows.note].compactMap(\.self).map { note in
              tag("p", ["class": "note"]) { note }
            }),
        result.origin.section,
      ],
      generator: "dpo-prep \(dpoPrepVersion)")
  }

  /// Models with a table of their own.
  private static let detailedModels = 100

  /// Every model's score under each method.
  private var modelScores: Node? {
    let models = drawnModels
    let methods = DrawnMethod.all { method in
      models.map { .init($0[method]?.score, $0.interval(method, \.score), scale: 100) }
    }
    return ForestChart(
      "Score by model",
      note: "The mean over sections of the share of right preferences" + intervalNote,
      label: "score, %", series: methods.map(\.series), rows: methods.rows(models.map(Self.named))
    ).figure()
  }

  /// What each method adds to every model's score, and to all on average.
  private var gains: Node? {
    let (models, scored) = (drawnModels, evaluation.scoredModels.count)
    let methods = DrawnMethod.all(of: EvaluationMethod.allCases.filter { $0 != .original }) {
      method in
      let mean = evaluation.gains.first { $0.method == method }
      return (scored > 1 ? [.init(mean?.mean, mean?.interval, scale: 100)] : [])
        + models.map { .init($0.gain(by: method), $0.gainInterval(by: method), scale: 100) }
    }
    return ForestChart(
      "Gain by method",
      note: "What a method adds to the score of the rewards as they are" + intervalNote,
      label: "points gained", reference: 0, series: methods.map(\.series),
      rows: methods.rows(
        (scored > 1 ? [("mean of models", Quantity.count(scored, "model"))] : [])
          + models.map(Self.named))
    ).figure()
  }

  private var drawnModels: [RewardBenchEvaluation.Model] {
    evaluation.models.filter { !$0.results.isEmpty }
  }

  private static func named(_ model: RewardBenchEvaluation.Model) -> (name: String, note: String) {
    (model.name, "n = \(Quantity.count(model.pairs))")
  }

  private var intervalNote: String {
    evaluation.resampling.count > 0 ? "; bars are 95 % intervals (bootstrap over prompts)." : "."
  }

  private var lengths: DataTable {
    DataTable(
      ["subset", "pairs", "longer is right", ""],
      evaluation.lengthShares.map { share in
        [
          share.subset, Quantity.count(share.pairs), Quantity.percent(share.longerRight),
          share.tellsQuality ? "length goes with quality: calibration can be expected to hurt" : "",
        ]
      })
  }

  private var scores: DataTable {
    DataTable(
      ["model"] + EvaluationMethod.allCases.map(\.title),
      evaluation.models.map { model in
        [model.name] + result.scores(of: model)
      })
  }

  private func details(_ model: RewardBenchEvaluation.Model) -> Node {
    return tag("details") {
      tag("summary") { model.name }
      if !model.results.isEmpty {
        DataTable(
          ["accuracy, %", "n"] + EvaluationMethod.allCases.map(\.title),
          result.figures(of: model).map(\.texts)
        ).nodes(label: model.name)
      }
      for note in result.notes(on: model) { tag("p", ["class": "note"]) { note } }
    }
  }
}
