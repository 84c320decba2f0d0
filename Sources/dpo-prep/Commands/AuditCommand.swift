internal import Audit
internal import Emit
internal import Ingest
internal import JSON
internal import Job
internal import Records
internal import Report
internal import Terminal
internal import Views

/// `audit`: the length bias and the flaws of a dataset.
struct AuditCommand {
  let options: AuditOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter

  /// - Returns: whether no condition of `--fail-if` holds.
  func run() throws -> Bool {
    if options.listsMetrics {
      try StandardStream.output.write(
        ShownText(AuditMetric.list(width: StandardStream.outputWidth)))
      return true
    }
    let dataset = try DatasetFiles(options.dataset, config: options.profile?.rawValue)
    let outputs = try NamedOutputs(
      [("--html", options.reportPath)], figures: options.figures, printsJSON: options.printsJSON,
      sparing: {
        .inputs(dataset.files)
          + (options.tokenizer.map { [OutputPath.Source($0, role: "an input")] } ?? [])
      }, printer: printer)
    let counting = try options.tokenizer.map {
      TokenCounting(try TokenizerSource($0).tokenizer, maxLength: options.maxLength)
    }
    try Verification.warnings(for: options.dataset, threads: LoadPairsStage.threads)
      .forEach(printer.report)
    let table = try LoadPairsStage(
      progress: progress,
      groupColumns: options.groupColumns, isComparing: false, counting: counting
    ).run(dataset.rereadable(progress: progress), as: options.profile)
    try NoSuchColumn.refuse(options.groupColumns, in: [table])
    let result = AuditResult(
      dataset: options.dataset, table: table, conditions: options.failureConditions)
    let report = AuditReport(result: result, table: table)
    try outputs.deliver([("--html", { report.page.utf8 })], figures: { report.page.figures }) {
      if options.printsJSON {
        try StandardStream.output.write(result.document)
      } else {
        try StandardStream.output.write(ShownText(result.text(width: StandardStream.outputWidth)))
      }
    }
    return result.failures.isEmpty
  }
}
