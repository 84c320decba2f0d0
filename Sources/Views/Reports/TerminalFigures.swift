internal import Columns
package import Job
internal import Records
package import Report
internal import Scan
internal import Settings

/// What calibration does to a dataset, in figures for a terminal.
package struct TerminalFigures {
  private let figures: [[Chart]]

  package init(_ plan: DatasetPlan) {
    let (result, table) = (plan.result, plan.scan.table)
    let characteristics = result.configuration.calibration.characteristics
    let bias = BiasFigures(
      table: table, fit: result.fit, scores: plan.scores, characteristics: characteristics)
    func series(
      _ name: String, _ ink: SeriesColor, _ plans: [PairPlan], _ pairs: PairStatistics,
      _ scores: some NumberSource
    ) -> PairSeries {
      PairSeries(
        "\(name), \(Quantity.count(pairs.pairs - pairs.equalLength, "pair"))", ink,
        chosenLengths: PairLengths(plans, table.primary) { $0.chosen },
        rejectedLengths: PairLengths(plans, table.primary) { $0.rejected },
        margins: PairMargins(plans: plans, scores: scores))
    }
    let pairs = PairFigures(
      [
        series("before", .before, result.plan.formerPlans, result.plan.before, table.rewards),
        series("after", .after, result.plan.plans, result.plan.after, plan.scores),
      ], unit: characteristics[0].measure.unit)
    figures = bias.curves + [pairs.longerChosen].compactMap { $0.map { [$0] } }
  }

  /// The figures one below the other; nothing where there are none, or no room.
  package func text(width: Int, glyphs: Glyphs) -> String {
    figures.map { TextFigure($0, glyphs: glyphs).lines(width: width) }.filter { !$0.isEmpty }
      .map { "\n" + $0.joined(separator: "\n") + "\n" }.joined()
  }
}
