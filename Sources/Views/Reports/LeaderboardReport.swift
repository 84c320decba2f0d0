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
          [.figures([winRates, correlations].compactMap(\.self))]
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

  private var correlations: Node? {
    let rankings = evaluation.summaries.first?.correlations ?? []
    let methods = DrawnMethod.all { method in
      rankings.indices.map { place in
        let figure = { (summary: LeaderboardEvaluation.Summary) in
          summary.correlations[place].spearman
        }
        return .init(
          evaluation.summaries.first { $0.method == method }.flatMap(figure),
          evaluation.interval(method, figure))
      }
    }
    return ForestChart(
      "Agreement with external rankings",
      note: "Spearman's correlation of win rates with each ranking" + intervalNote,
      label: "Spearman", series: methods.map(\.series),
      rows: methods.rows(rankings.map { ($0.ranking, Quantity.count($0.models, "model")) })
    ).figure()
  }

  /// Every model's win rate as it is and under RC-LWR, the best first.
  private var winRates: Node? {
    let models = result.ranked.filter { $0.answers > 0 }
    let methods = DrawnMethod.all(of: [.original, .lwr]) { method in
      models.map { model in
        let number = evaluation.models.firstIndex { $0.name == model.name } ?? 0
        return .init(
          model[method]?.winRate,
          evaluation.interval(ofModel: number, method, \.winRate))
      }
    }
    return ForestChart(
      "Win rate by model",
      note: "The rewards as they are, and less the bias of length" + intervalNote,
      label: "win rate, %", series: methods.map(\.series),
      rows: methods.rows(models.map { ($0.name, "n = \(Quantity.count($0.answers))") })
    ).figure()
  }

  private var intervalNote: String {
    evaluation.resampling.count > 0
      ? "; bars are 95 % intervals (bootstrap over instructions)." : "."
  }

  private var leaderboard: DataTable {
    DataTable(result.boardHead, result.boardRows)
  }

  private var summary: DataTable {
    DataTable(
      ["", "n"] + EvaluationMethod.allCases.map(\.title), result.figures.map(\.texts))
  }
}
