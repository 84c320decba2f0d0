internal import Job
internal import Records
package import Report
internal import Settings

/// What `sweep --html` writes.
package struct SweepReport {
  package let result: SweepResult

  package init(result: SweepResult) { self.result = result }

  package var page: ReportPage {
    ReportPage(
      title: result.axes.map(\.key).joined(separator: " × "),
      lead: "\(Quantity.count(result.outcomes.count, "variant")) of the same generations. “Before” "
        + "is what the rewards as they came would have given. Bars are 95 % intervals.",
      keyFigures: keyFigures, sections: sections, generator: "dpo-prep \(dpoPrepVersion)")
  }

  private var made: [SweepFigures] { result.outcomes.compactMap(\.figures) }

  private var keyFigures: [KeyFigure] {
    func range(_ label: String, _ value: (SweepFigures) -> Double?, _ text: (Double) -> String)
      -> KeyFigure?
    {
      let values = made.compactMap(value)
      guard let least = values.min(), let most = values.max() else { return nil }
      let ends = (text(least), text(most))
      return KeyFigure(label, ends.0 == ends.1 ? ends.0 : "\(ends.0) to \(ends.1)")
    }
    return [
      range("pairs", { Double($0.pairs) }, { Quantity.count(Int(clamped: $0)) }),
      range("longer answer chosen", \.longerChosen.after, Quantity.percent),
      range("mean length gap", \.meanGap.after) { Quantity.signed($0, places: 1) },
      range("Spearman, within prompts", \.withinPrompt.after) { Quantity.signed($0, places: 3) },
    ].compactMap(\.self)
  }

  private var sections: [ReportPage.Section] {
    [
      ReportPage.Section(
        "At a glance", [.figures(SweepCharts(result).charts.drawn(as: "sweep"))]),
      ReportPage.Section(
        "Variants",
        table.nodes(label: "Figures of every variant")
          + [tag("p", ["class": "note"]) { SweepResult.legend }]),
    ] + [failures, warnings, settings].compactMap(\.self)
  }

  private var table: DataTable {
    let settings = result.axes.count
    return DataTable(
      ["#"] + result.axisNames + SweepFigures.titles + (result.writesData ? ["folder"] : []),
      result.outcomes.map { outcome in
        [String(outcome.variant.number)] + outcome.variant.values.map(\.flowText)
          + outcome.cells
          + (result.writesData
            ? [outcome.figures == nil ? "–" : PublishedPath.of(outcome.folder)]
            : [])
      }, textColumns: Set(1...settings).union([settings + SweepFigures.titles.count + 1]))
  }

  /// Nil where every variant has a result.
  private var failures: ReportPage.Section? {
    let failed = result.outcomes.compactMap { outcome in
      outcome.failure.map { (outcome.variant.number, $0.diagnostic) }
    }
    return list("Variants that failed", failed.map { "\($0.0): \($0.1.message)" })
  }

  /// Nil where no variant has a warning.
  private var warnings: ReportPage.Section? {
    list("Warnings", result.warnings.map { "\($0.variants)\($0.diagnostic.message)" })
  }

  private func list(_ title: String, _ items: [String]) -> ReportPage.Section? {
    guard !items.isEmpty else { return nil }
    return ReportPage.Section(title, [tag("ul") { for item in items { tag("li") { item } } }])
  }

  /// The settings that all variants share.
  private var settings: ReportPage.Section? {
    let all = result.outcomes.map { $0.variant.configuration.published.lines }
    guard let first = all.first else { return nil }
    let common = first.indices.filter { index in
      all.allSatisfy { $0[index].value == first[index].value }
    }
    return ReportPage.Section(
      "Settings in common",
      DataTable(
        ["setting", "value"], common.map { [first[$0].key, first[$0].value] }, textColumns: [0, 1]
      ).nodes(label: "The settings that all variants share, with all defaults"))
  }
}
