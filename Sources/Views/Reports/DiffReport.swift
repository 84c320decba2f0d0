internal import Audit
internal import Columns
internal import Job
internal import Records
package import Report

/// What `diff --html` writes.
package struct DiffReport {
  package let result: DiffResult

  package init(result: DiffResult) { self.result = result }

  private var difference: DatasetDifference { result.difference }

  package var page: ReportPage {
    ReportPage(
      title: "\(result.names.old) → \(result.names.new)",
      lead: difference.isSame
        ? "No difference: the same pairs in the same columns and splits."
        : "What changed between two preference datasets, joined by "
          + (difference.isJoinedByID ? "prompt_id." : "prompt."),
      keyFigures: keyFigures, sections: sections, generator: "dpo-prep \(dpoPrepVersion)")
  }

  private var keyFigures: [KeyFigure] {
    let (old, new) = (difference.old.audit, difference.new.audit)
    func figure(_ label: String, _ text: (PairAudit) -> String) -> KeyFigure {
      KeyFigure(label, text(new), former: text(old))
    }
    return [
      figure("pairs") { Quantity.count($0.rows) },
      figure("longer answer chosen") { Quantity.percent($0.length.moreChosen) },
      figure("mean length gap") { Quantity.signed($0.length.gapMean, places: 1) },
      figure("Cohen's d of the gap") { Quantity.signed($0.length.cohensD, places: 3) },
      figure("mean margin") { Quantity.signed($0.margins.mean, places: 3) },
    ]
  }

  private var sections: [ReportPage.Section] {
    let figures = PairFigures(
      [
        PairSeries(difference.old, name: "old", .before),
        PairSeries(difference.new, name: "new", .after),
      ], unit: "code points")
    let charts = [figures.longerChosen, figures.margins] + figures.lengths
    var sections = [
      ReportPage.Section("What changed", [.figures([changes, prompts])]),
      ReportPage.Section("Length and margins", [.figures(charts.drawn(as: "pairs"))]),
    ]
    if !result.examples.isEmpty {
      sections.append(
        ReportPage.Section("Largest changes", result.examples.enumerated().map(example)))
    }
    for (column, groups) in result.groups {
      sections.append(
        ReportPage.Section("By \(column)", table(of: groups).nodes(label: "Figures by \(column)")))
    }
    if !difference.columnChanges.isEmpty {
      sections.append(
        ReportPage.Section(
          "Columns",
          DataTable(
            ["column", "old", "new"],
            difference.columnChanges.map { [$0.column, $0.old ?? "–", $0.new ?? "–"] },
            textColumns: [0, 1, 2]
          ).nodes(label: "Columns that changed")))
    }
    sections.append(
      ReportPage.Section(
        "Figures",
        DataTable(
          ["", "old", "new"],
          DiffResult.drift(difference.old.audit, difference.new.audit).map {
            [$0.metric, $0.old?.text ?? "–", $0.new?.text ?? "–"]
          }
        ).nodes(label: "Figures of both datasets")))
    if let changes = result.manifestChanges, !changes.isEmpty {
      sections.append(
        ReportPage.Section(
          "Configuration and inputs",
          DataTable(
            ["", "old", "new"], changes.map { [$0.path, $0.old ?? "–", $0.new ?? "–"] },
            textColumns: [0, 1, 2]
          ).nodes(label: "What changed in the configuration and the inputs")))
    }
    return sections
  }

  private var changes: Node {
    BarChart(
      "Pairs by what became of them",
      bars: PairChange.allCases.map {
        ($0.rawValue.replacing("_", with: " "), difference.counts[$0] ?? 0)
      }
    ).figure()
  }

  private var prompts: Node {
    let prompts = difference.prompts
    return BarChart(
      "Prompts",
      note: "\(Quantity.count(difference.movedCount)) of those in both moved to another split.",
      bars: [
        ("in both", prompts.old - prompts.removed), ("added", prompts.added),
        ("removed", prompts.removed),
      ]
    ).figure()
  }

  private func table(
    of groups: [(name: String, old: PairAudit?, new: PairAudit?)]
  ) -> DataTable {
    DataTable(
      ["", "pairs", "longer chosen", "mean length gap", "mean margin"],
      groups.map { name, old, new in
        func both(_ text: (PairAudit) -> String) -> String {
          let (first, second) = (old.map(text) ?? "–", new.map(text) ?? "–")
          return first == second ? first : "\(first) → \(second)"
        }
        return [
          name, both { Quantity.count($0.rows) },
          both { Quantity.percent($0.length.moreChosen) },
          both { Quantity.signed($0.length.gapMean, places: 1) },
          both { Quantity.signed($0.margins.mean, places: 3) },
        ]
      })
  }

  private func example(number: Int, pair: ChangedPair) -> Node {
    PairComparison(
      title: "\(number + 1). \(pair.kind.rawValue.replacing("_", with: " "))",
      prompt: String(decoding: (pair.new ?? pair.old)?.prompt ?? [], as: UTF8.self),
      old: pair.old.map { PairComparison.Version("Old", $0) },
      new: pair.new.map { PairComparison.Version("New", $0) }
    ).node
  }
}

extension PairComparison.Version {
  fileprivate init(_ name: String, _ version: ChangedPair.Version) {
    func answer(_ text: [UInt8], _ score: Double?) -> PairComparison.Answer {
      let text = String(decoding: text, as: UTF8.self)
      let length = "\(Quantity.count(text.unicodeScalars.count)) code points"
      let score = score.map { "score \(Quantity.signed($0, places: 3)), " } ?? ""
      return PairComparison.Answer(
        text: text, figures: "\(score)\(length), \(version.place.file):\(version.place.line)")
    }
    self.init(
      name: name, chosen: answer(version.chosen, version.scores?.chosen),
      rejected: answer(version.rejected, version.scores?.rejected))
  }
}
