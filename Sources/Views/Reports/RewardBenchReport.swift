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
          [.figures([scatter, gains].drawn(as: "scores"))]),
        ReportPage.Section(
          "Scores",
          scores.nodes(label: "Score of every model and method")
            + [result.starNote].compactMap(\.self).map { note in
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

  private var scatter: Chart? {
    .comparison(
      "Score before and after",
      note: "A mark a model; above the dashed diagonal calibration helps.",
      x: "score of the rewards as they are, %", y: "score after, %",
      groups: evaluation.gains.map { gain in
        (
          gain.method,
          evaluation.models.compactMap { model in
            guard let before = model[.original], let after = model[gain.method] else { return nil }
            return Point(x: before.score * 100, y: after.score * 100)
          }
        )
      })
  }

  /// The gains of every model by method, with the mean.
  private var gains: Chart? {
    let gains = evaluation.gains
    guard !evaluation.scoredModels.isEmpty, let least = gains.map(\.least).min(),
      let most = gains.map(\.most).max()
    else { return nil }
    return Chart(
      "Gain by method",
      note: "A mark a model; the large dot is the mean, the bar goes from the least to the most.",
      x: Axis("method", Extent(0.4, Double(gains.count) + 0.6), .names(gains.map(\.method.title))),
      y: Axis(
        "points gained",
        Extent(min(0, least * 100), max(0, most * 100)).widened(by: 0.08, atLeast: 0.5)),
      layers: [.rule(0)]
        + gains.enumerated().flatMap { number, gain -> [Layer] in
          let place = Double(number + 1)
          let ink = gain.method.ink
          return [
            .marks(
              evaluation.models.compactMap { $0.gain(by: gain.method) }
                .map { Point(x: place - 0.18, y: $0 * 100) }, ink, gain.method.mark, label: ""),
            .dots(
              [
                Layer.Interval(
                  x: place, y: gain.mean * 100, lower: gain.least * 100, upper: gain.most * 100)
              ], ink, label: ""),
          ]
        })
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
    for (number, found) in (first?.figures.difficulties ?? []).enumerated() {
      rows.append(
        [found.difficulty.rawValue]
          + model.results.map {
            Quantity.decimal($0.figures.difficulties[number].accuracy * 100, places: 2)
          })
    }
    rows.append(
      ["all examples"]
        + model.results.map { Quantity.decimal($0.figures.accuracy * 100, places: 2) })
    if evaluation.resampling.count > 0 {
      rows.append(
        ["95 % interval of the score"]
          + model.results.map {
            model.interval($0.method, \.score)?.text(places: 1, scale: 100) ?? "–"
          })
      rows.append(
        ["95 % interval of the gain"]
          + model.results.map {
            $0.method == .original
              ? "–"
              : model.gainInterval(by: $0.method)?.text(places: 1, scale: 100, isSigned: true)
                ?? "–"
          })
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
