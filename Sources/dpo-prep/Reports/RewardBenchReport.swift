internal import Evaluate
internal import Job
internal import Records
internal import Report

/// What `evaluate rewardbench --html` writes.
struct RewardBenchReport {
  let result: RewardBenchResult

  private var evaluation: RewardBenchEvaluation { result.evaluation }

  var page: ReportPage {
    ReportPage(
      title: "Reward models with and without length bias",
      lead: "\(Quantity.count(evaluation.models.count)) models; the score is the mean over "
        + "sections of the share of right preferences.",
      keyFigures: evaluation.gains.map {
        KeyFigure(
          "mean gain, \($0.method.title)", Quantity.signed($0.mean * 100, places: 2) + " points")
      },
      sections: [
        ReportPage.Section(
          "Scores before and after",
          [.figures([scatter, gains].drawn(as: "scores"))]),
        ReportPage.Section("Scores", scores.nodes(label: "Score of every model and method")),
        ReportPage.Section(
          "Every model",
          evaluation.models.prefix(Self.detailedModels).map(details)
            + [evaluation.malformedRows.note].compactMap(\.self).map { note in
              tag("p", ["class": "note"]) { note }
            }),
      ],
      generator: "dpo-prep \(dpoPrepVersion)")
  }

  /// Models with a table of their own.
  private static let detailedModels = 100

  private var scatter: Chart? {
    .comparison(
      "Score before and after",
      note: "A mark a model; above the dashed diagonal calibration helps.",
      x: "score of the rewards as they are, %", y: "score after, %",
      groups: EvaluationMethod.allCases.enumerated().dropFirst().map { number, method in
        (
          method,
          evaluation.scoredModels.map {
            Point(x: $0.results[0].score * 100, y: $0.results[number].score * 100)
          }
        )
      })
  }

  /// The gains of every model by method, with the mean.
  private var gains: Chart? {
    let all = evaluation.scoredModels.flatMap { model in
      model.results.dropFirst().map { ($0.score - model.results[0].score) * 100 }
    }
    guard let least = all.min(), let most = all.max() else { return nil }
    return Chart(
      "Gain by method",
      note: "A mark a model; the large dot is the mean, the bar goes from the least to the most.",
      x: Axis("method", Extent(0.4, 4.6), .names(evaluation.gains.map(\.method.title))),
      y: Axis("points gained", Extent(min(0, least), max(0, most)).widened(by: 0.08, atLeast: 0.5)),
      layers: [.rule(0)]
        + evaluation.gains.enumerated().flatMap { number, gain -> [Layer] in
          let place = Double(number + 1)
          let ink = gain.method.ink
          return [
            .marks(
              evaluation.scoredModels.map {
                Point(
                  x: place - 0.18,
                  y: ($0.results[number + 1].score - $0.results[0].score) * 100)
              }, ink, gain.method.mark, label: ""),
            .dots(
              [
                Layer.Interval(
                  x: place, y: gain.mean * 100, lower: gain.least * 100, upper: gain.most * 100)
              ], ink, label: ""),
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
    let first = model.results.first
    var rows: [[String]] = []
    for (number, section) in (first?.sections ?? []).enumerated() {
      rows.append(
        ["section \(section.name)"]
          + model.results.map { Quantity.decimal($0.sections[number].score * 100, places: 2) })
    }
    for (number, subset) in (first?.subsets ?? []).enumerated() {
      rows.append(
        ["\(subset.name) (\(Quantity.count(subset.count)))"]
          + model.results.map { Quantity.decimal($0.subsets[number].accuracy * 100, places: 2) })
    }
    rows.append(["preferences changed"] + model.results.map { Quantity.percent($0.changed) })
    rows.append(
      ["Spearman with length"] + model.results.map { Quantity.signed($0.spearmanLength, places: 3) }
    )
    rows.append([result.tiesTitle] + model.results.map { Quantity.count($0.ties) })
    return tag("details") {
      tag("summary") { model.name }
      if !model.results.isEmpty {
        DataTable(["%"] + EvaluationMethod.allCases.map(\.title), rows).nodes(label: model.name)
      }
      for note in result.notes(on: model) { tag("p", ["class": "note"]) { note } }
    }
  }
}
