internal import Evaluate
internal import Job
internal import Records
package import Report

/// What `evaluate alpacaeval --html` writes.
package struct LeaderboardReport {
  package let result: LeaderboardResult

  package init(result: LeaderboardResult) { self.result = result }

  private var evaluation: LeaderboardEvaluation { result.evaluation }

  package var page: ReportPage {
    ReportPage(
      title: "Win rates over \(evaluation.baseline)",
      lead: "\(Quantity.count(evaluation.models.count, "model")) by the rewards of their answers, "
        + "with and without the length bias.",
      keyFigures: keyFigures,
      sections: [
        ReportPage.Section(
          "Agreement and win rates",
          [.figures([correlations, scatter].drawn(as: "board"))]
            + result.notes.map { note in tag("p", ["class": "note"]) { note } }),
        ReportPage.Section("Leaderboard", leaderboard.nodes(label: "Win rates of every model")),
        ReportPage.Section("Summary", summary.nodes(label: "Figures of every method")),
        result.origin.section,
      ], generator: "dpo-prep \(dpoPrepVersion)")
  }

  private var keyFigures: [KeyFigure] {
    let (original, lwr) = (
      evaluation.summaries.first, evaluation.summaries.first { $0.method == .lwr }
    )
    return [
      KeyFigure(
        "Spearman with length, RC-LWR", Quantity.signed(lwr?.spearmanLength, places: 3),
        former: Quantity.signed(original?.spearmanLength, places: 3)),
      KeyFigure(
        "verbosity gameability, RC-LWR",
        lwr?.gameability.map { Quantity.decimal($0.verbosity, places: 1) } ?? "–",
        former: original?.gameability.map { Quantity.decimal($0.verbosity, places: 1) } ?? "–"),
    ]
  }

  private var correlations: Chart? {
    let rankings = evaluation.summaries.first?.correlations ?? []
    let values = evaluation.summaries.flatMap { $0.correlations.compactMap(\.spearman) }
    guard let least = values.min(), !rankings.isEmpty else { return nil }
    return Chart(
      "Agreement with external rankings",
      note: "Spearman's correlation of win rates with each ranking, by method.",
      x: Axis(
        "ranking", Extent(0.4, Double(rankings.count) + 0.6), .names(rankings.map(\.ranking))),
      y: Axis("Spearman", Extent(max(-1, least - 0.05), 1.02)),
      layers: evaluation.summaries.enumerated().map { number, summary in
        .marks(
          summary.correlations.enumerated().compactMap { place, correlation in
            correlation.spearman.map {
              Point(x: Double(place + 1) + (Double(number) - 2) * 0.1, y: $0)
            }
          }, summary.method.ink, summary.method.mark, label: summary.method.title)
      })
  }

  private var scatter: Chart? {
    .comparison(
      "Win rate before and after",
      note: "A mark a model; above the dashed diagonal a model wins more often once its answers' "
        + "length does not count.",
      x: "win rate of the rewards as they are, %", y: "win rate under RC-LWR, %",
      groups: [
        (
          EvaluationMethod.lwr,
          evaluation.models.compactMap { model in
            guard let before = model[.original], let after = model[.lwr] else { return nil }
            return Point(x: before.winRate, y: after.winRate)
          }
        )
      ])
  }

  private var leaderboard: DataTable {
    DataTable(
      ["model", "mean length"] + EvaluationMethod.allCases.map(\.title) + ["AlpacaEval's LC"],
      zip(result.ranked, result.rankedWinRates).map { model, rates in
        [model.name, result.meanLength(of: model)] + rates + [result.lengthControlled(of: model)]
      })
  }

  private var summary: DataTable {
    var rows: [[String]] = []
    func add(_ name: String, _ value: (LeaderboardEvaluation.Summary) -> String) {
      rows.append([name] + evaluation.summaries.map(value))
    }
    add("Spearman of score and length") { Quantity.signed($0.spearmanLength, places: 3) }
    for (number, ranking) in (evaluation.summaries.first?.correlations ?? []).enumerated() {
      add("\(ranking.ranking): Spearman / Kendall, \(ranking.models) models") {
        Quantity.signed($0.correlations[number].spearman, places: 3) + " / "
          + Quantity.signed($0.correlations[number].kendall, places: 3)
      }
    }
    add("verbosity gameability") {
      $0.gameability.map { Quantity.decimal($0.verbosity, places: 1) } ?? "–"
    }
    add("conciseness gameability") {
      $0.gameability.map { Quantity.decimal($0.conciseness, places: 1) } ?? "–"
    }
    return DataTable([""] + EvaluationMethod.allCases.map(\.title), rows)
  }
}
