internal import Calibrate
internal import Columns
internal import Emit
internal import Hashing
internal import Ingest
package import Job
internal import PairBuilder
package import Records
package import Report
package import Scan
package import Settings

/// `report.html`, which `run` writes beside the dataset.
package struct RunReport {
  package let plan: DatasetPlan

  package init(_ plan: DatasetPlan) { self.plan = plan }

  /// How many pairs are shown in full.
  package static let exampleCount = 6

  private var result: RunResult { plan.result }
  package var ledger: Ledger { result.ledger }
  package var pairs: PlanStage.Result { result.plan }
  package var scores: FinalScores { plan.scores }
  package var table: CandidateTable { plan.scan.table }
  package var calibration: Configuration.Calibration { result.configuration.calibration }
  /// The unit of the first characteristic.
  var unit: String { calibration.characteristics[0].measure.unit }

  /// The report but for the texts of its examples.
  package var draft: ReportDraft { ReportDraft(page, examples: examples) }

  /// Every figure of the report.
  package var figures: [ReportFigure] { page.figures }

  private var page: ReportPage {
    ReportPage(
      title: "Pairs in \(PublishedPath.of(result.configuration.output.dir))",
      lead: "\(Quantity.count(result.ledger.pairs, "pair")) from "
        + "\(Quantity.count(result.ledger.candidatesRead)) scored answers to "
        + "\(Quantity.count(result.ledger.promptsRead, "prompt")). “Before” is what the rewards as "
        + "they came would have given, “after” what was written."
        + (result.intervals == nil ? "" : " Ranges are 95 % intervals."),
      keyFigures: keyFigures, sections: sections, generator: "dpo-prep \(dpoPrepVersion)")
  }

  private var keyFigures: [KeyFigure] {
    [
      KeyFigure(
        "longer answer chosen", Quantity.percent(pairs.after.longerChosenShare),
        interval: interval(.longerChosen, Quantity.percent),
        former: Quantity.percent(pairs.before.longerChosenShare)),
      KeyFigure(
        "mean length gap", Quantity.signed(pairs.after.meanLengthGap, places: 1),
        interval: interval(.meanGap) { Quantity.signed($0, places: 1) },
        former: Quantity.signed(pairs.before.meanLengthGap, places: 1)),
      KeyFigure(
        "Spearman, pooled", Quantity.signed(result.after.pooled, places: 3),
        former: Quantity.signed(result.before.pooled, places: 3)),
      KeyFigure(
        "Spearman, within prompts", Quantity.signed(result.after.withinPrompt, places: 3),
        interval: interval(.withinPrompt) { Quantity.signed($0, places: 3) },
        former: Quantity.signed(result.before.withinPrompt, places: 3)),
      KeyFigure(
        "Cohen's d of the gap", Quantity.signed(pairs.after.cohensD, places: 3),
        former: Quantity.signed(pairs.before.cohensD, places: 3)),
      KeyFigure(
        "prompts with a tied best or worst", Quantity.percent(pairs.tiesAfter.share),
        former: Quantity.percent(pairs.tiesBefore.share)),
      KeyFigure(
        "prompts with other pairs", Quantity.percent(pairs.effect.changedShare),
        interval: interval(.changed, Quantity.percent)),
      KeyFigure("pairs", Quantity.count(result.ledger.pairs)),
    ]
  }

  /// The 95 % interval of a figure after calibration.
  private func interval(
    _ figure: FigureSums.Figure, _ text: (Double) -> String
  ) -> String? {
    result.intervals?.after[figure].map { "\(text($0.lowerBound)) to \(text($0.upperBound))" }
  }

  /// What rewards are in the figures, where they are not those that came.
  private var transformNote: [Node] {
    calibration.transformText.map { text in
      [
        tag("p", ["class": "note"]) {
          "In the figures the rewards are their \(text) (calibration.transform)."
        }
      ]
    } ?? []
  }

  private var sections: [ReportPage.Section] {
    let bias = BiasFigures(
      table: table, fit: result.fit, scores: scores,
      characteristics: calibration.characteristics,
      robustPasses: calibration.method == .lwr && calibration.curve == nil ? calibration.passes : 0)
    var sections = warnings.map { [$0] } ?? []
    sections.append(
      ReportPage.Section(
        "Reward and length",
        transformNote + [
          .figures(
            bias.figures
              + (result.previous.map {
                PreviousCurveFigures(
                  previous: $0, characteristics: calibration.characteristics
                ).charts.drawn(as: "previous")
              } ?? [])
              + ChoiceFigures(fit: result.fit).charts.drawn(as: "choice")
              + (result.sensitivity.map { SensitivityFigures(sensitivity: $0).charts } ?? [])
              .drawn(as: "sensitivity"))
        ]))
    if let models = result.agreementSection { sections.append(models) }
    if let labels = result.fit.labels {
      sections.append(labels.section(path: { PublishedPath.of($0) }))
    }
    let figures = PairFigures(
      [
        series("before", .before, pairs.formerPlans, table.rewards),
        series("after", .after, pairs.plans, scores),
      ], unit: unit)
    sections.append(
      ReportPage.Section(
        "Pairs before and after",
        [
          .figures(
            ([figures.longerChosen, figures.margins] + figures.lengths).drawn(as: "pairs"))
        ]))
    sections.append(ReportPage.Section("From candidates to pairs", [.figures([flow, effect])]))
    if !examples.isEmpty {
      sections.append(
        ReportPage.Section(
          "Pairs that calibration changed",
          [
            tag("p", ["class": "note"]) {
              "At even steps through all that changed, from the largest change of the length gap "
                + "to the smallest. Marked is what differs between before and after."
            }, .gap,
          ]))
    }
    return sections + groupSections + [settings, inputs]
      + (result.benchmarks.isEmpty ? [] : [benchmarks])
  }

  private func series(
    _ name: String, _ ink: SeriesColor, _ plans: [PairPlan], _ scores: some NumberSource
  ) -> PairSeries {
    PairSeries(
      name, ink, chosenLengths: PairLengths(plans, table.primary) { $0.chosen },
      rejectedLengths: PairLengths(plans, table.primary) { $0.rejected },
      margins: PairMargins(plans: plans, scores: scores))
  }

  // MARK: Groups

  private var groupSections: [ReportPage.Section] {
    let groups = GroupFigures(table: table, scores: scores, plan: pairs)
    var sections: [ReportPage.Section] = []
    let sources = PromptSources(
      result.configuration.output, table: table, plans: pairs.plans)
    if let sources {
      sections.append(
        ReportPage.Section(
          "By \(sources.name)",
          groups.bySource(sources).nodes(label: "Pairs by \(sources.name), before → after")))
    }
    if table.models.hasNames {
      sections.append(
        ReportPage.Section("By model", groups.byModel.nodes(label: "Candidates by model")))
    }
    return sections
  }

  // MARK: Configuration and inputs

  /// What the user was warned of; nil where there was nothing.
  private var warnings: ReportPage.Section? {
    guard !result.warnings.isEmpty else { return nil }
    return ReportPage.Section(
      "Warnings",
      [
        tag("ul") {
          for warning in result.publishedWarnings {
            let place = warning.location.map { "\($0): " } ?? ""
            tag("li") { "\(place)\(warning.message)\(warning.hint.map { " (\($0))" } ?? "")" }
          }
        }
      ])
  }

  private var settings: ReportPage.Section {
    ReportPage.Section(
      "Configuration",
      DataTable(
        ["setting", "value"],
        result.configuration.published.lines.map { [$0.key, $0.value] },
        textColumns: [0, 1]
      ).nodes(label: "The configuration with all defaults"))
  }

  private var benchmarks: ReportPage.Section {
    let rows = result.benchmarks.map { report in
      [
        PublishedPath.of(report.input.name), Quantity.count(report.input.rows),
        Quantity.count(report.textCount), Quantity.count(report.shortTextCount),
        Quantity.count(report.rows.count), Quantity.count(report.promptCount),
        report.rows.map(\.largestShare).max().map(Quantity.percent) ?? "\u{2013}",
      ]
    }
    return ReportPage.Section(
      "Benchmarks",
      DataTable(
        [
          "file", "rows", "texts looked for", "too short", "rows found", "prompts dropped",
          "largest share",
        ], rows, textColumns: [0]
      ).nodes(label: "Benchmarks whose texts prompts have (filters.contaminated)"))
  }

  private var inputs: ReportPage.Section {
    ReportPage.Section(
      "Inputs",
      DataTable(
        ["file", "rows", "bytes", "SHA-256"],
        result.inputs.map {
          [
            result.configuration.publishedPath($0.name), Quantity.count($0.rows),
            Quantity.count($0.byteCount),
            $0.digest.hexadecimal,
          ]
        }, textColumns: [0, 3]
      ).nodes(label: "The files that were read"))
  }
}
