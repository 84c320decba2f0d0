package import Audit
internal import Columns
internal import Job
internal import Records
package import Report
internal import Scan

/// What `audit --html` writes.
package struct AuditReport {
  package let result: AuditResult
  package let table: PairTable

  package init(result: AuditResult, table: PairTable) {
    self.result = result
    self.table = table
  }

  package var page: ReportPage {
    ReportPage(
      title: "Audit of \(result.dataset)",
      lead: "\(Quantity.count(result.audit.rows, "pair")) of chosen and rejected answers to "
        + "\(Quantity.count(result.audit.prompts, "prompt")); every figure is over all of them.",
      keyFigures: keyFigures, sections: sections, generator: "dpo-prep \(dpoPrepVersion)")
  }

  private var keyFigures: [KeyFigure] {
    let audit = result.audit
    return [
      KeyFigure("longer answer chosen", Quantity.percent(audit.length.moreChosen)),
      KeyFigure("mean length gap", Quantity.signed(audit.length.gapMean, places: 1)),
      KeyFigure("Cohen's d of the gap", Quantity.signed(audit.length.cohensD, places: 3)),
      KeyFigure(
        "Spearman of margin and gap", Quantity.signed(audit.length.spearmanWithMargin, places: 3)),
      KeyFigure("ties", Quantity.count(audit.margins.ties)),
      KeyFigure("prompts in two splits", Quantity.count(audit.promptOverlap)),
    ]
  }

  private var sections: [ReportPage.Section] {
    let figures = PairFigures([PairSeries(table, name: "", .after)], unit: "code points")
    let charts = [figures.longerChosen] + figures.lengths + [figures.margins]
    var sections: [ReportPage.Section] = []
    if !result.failures.isEmpty {
      sections.append(
        ReportPage.Section(
          "Failed conditions",
          DataTable(
            ["condition", "value"],
            result.failures.map {
              [$0.description, $0.value(in: result.audit).map { "\($0)" } ?? "no value"]
            }
          ).nodes(label: "Conditions of --fail-if that hold")))
    }
    sections.append(ReportPage.Section("Length and margins", [.figures(charts.drawn(as: "pairs"))]))
    for (column, groups) in result.groups {
      sections.append(
        ReportPage.Section(
          "By \(column)",
          DataTable(
            ["", "pairs", "longer chosen", "mean length gap", "Cohen's d", "mean margin", "ties"],
            groups.map { name, audit in
              [
                name, Quantity.count(audit.rows), Quantity.percent(audit.length.moreChosen),
                Quantity.signed(audit.length.gapMean, places: 1),
                Quantity.signed(audit.length.cohensD, places: 3),
                Quantity.signed(audit.margins.mean, places: 3),
                Quantity.count(audit.margins.ties),
              ]
            }
          ).nodes(label: "Figures by \(column)")))
    }
    sections.append(
      ReportPage.Section(
        "Every figure",
        DataTable(
          ["metric", "value", "meaning"],
          AuditMetric.all(of: result.audit).map {
            [$0.name, $0.value(result.audit).text, $0.meaning]
          },
          textColumns: [0, 2]
        ).nodes(label: "Every figure of the audit")))
    return sections
  }
}

extension PairSeries {
  /// The pairs of a dataset that was read.
  init(_ table: PairTable, name: String, _ ink: SeriesColor) {
    let records = table.records
    self.init(
      name, ink, count: records.count, chosenLength: { records[$0].chosenLength },
      rejectedLength: { records[$0].rejectedLength }, margin: { records[$0].margin })
  }
}

extension [Chart?] {
  /// Those that are there, as figures.
  ///
  /// - Parameter name: What tells them from the other figures of the page.
  package func drawn(as name: String) -> [Node] {
    compactMap(\.self).enumerated().map { $1.figure(id: "\(name)-\($0 + 1)") }
  }
}
