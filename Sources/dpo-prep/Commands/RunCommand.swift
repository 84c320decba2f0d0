internal import Audit
internal import Columns
internal import Curves
internal import Emit
internal import Hashing
internal import Ingest
internal import JSON
internal import Job
internal import Parquet
internal import Records
internal import Report
internal import Rows
internal import Scan
internal import Settings
internal import Terminal
internal import Views
internal import Work

/// `run`: scored generations in, a dataset of calibrated pairs out.
struct RunCommand {
  let options: RunOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter
  let isQuiet: Bool

  func run() throws {
    if options.isDryRun { return try plan() }
    let configuration = try options.source.load().configuration
    let outputs = try NamedOutputs(
      [], figures: options.figures, beside: [configuration.output.dir], sparing: { [] },
      printer: printer)
    let folder = try DatasetFolder(
      target: configuration.output.dir, overwrites: configuration.output.overwrite)
    if let warning = folder.warning { printer.report(warning) }
    let built: (plan: DatasetPlan, documents: RunDocuments, dataset: WrittenDataset)
    do {
      built = try build(configuration, in: folder)
      try Interruption.checkpoint()
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
    try outputs.deliver([], figures: { RunReport(built.plan).figures }) {
      if options.printsJSON {
        try StandardStream.output.write(built.documents.summary(built.dataset))
      } else {
        let summary =
          isQuiet ? "" : built.plan.result.text(built.dataset, width: StandardStream.outputWidth)
        try StandardStream.output.write(ShownText(summary + figures(of: built.plan)))
      }
    }
  }

  /// The figures that are wanted.
  private func figures(of plan: DatasetPlan) -> String {
    options.plots
      ? TerminalFigures(plan).text(width: StandardStream.figureWidth, glyphs: StandardStream.glyphs)
      : ""
  }

  private func build(
    _ configuration: Configuration, in folder: DatasetFolder
  ) throws -> (plan: DatasetPlan, documents: RunDocuments, dataset: WrittenDataset) {
    var planned = try PlannedRun(
      configuration, in: folder, printer: printer, progress: progress)
    let (input, plan) = (planned.input, planned.plan)
    let (written, documents) = try Concurrent.both(threads: configuration.threadCount) {
      try WriteStage(configuration, progress: progress).run(input, plan, folder: folder)
    } _: {
      RunDocuments(plan)
    }
    planned.stopwatch.lap("emit")

    var dataset = WrittenDataset(
      layout: plan.layout, tables: written.tables, rejects: try planned.rejects?.finish(),
      examples: written.examples, timings: planned.stopwatch.laps)
    dataset.resident = plan.scan.resident?.account ?? dataset.resident
    try folder.write(documents, of: dataset, curve: plan.curve)
    return (plan, documents, dataset)
  }

  /// Tells what a run would write, and writes nothing.
  private func plan() throws {
    var configuration = try options.source.load(.input).configuration
    configuration.report.html = false
    if !configuration.output.dir.isEmpty,
      let obstacle = DatasetFolder.obstacle(
        to: configuration.output.dir, overwrites: configuration.output.overwrite)
    {
      var warning = obstacle.diagnostic
      warning.severity = .warning
      printer.report(warning)
    }
    let outputs = try NamedOutputs(
      [], figures: options.figures, sparing: { [] }, printer: printer)
    let planned = try PlannedRun(
      configuration, in: nil, printer: printer, progress: progress)
    let result = DryRunResult(plan: planned.plan, timings: planned.stopwatch.laps)
    try outputs.deliver([], figures: { RunReport(planned.plan).figures }) {
      if options.printsJSON {
        try StandardStream.output.write(result.document)
      } else {
        try StandardStream.output.write(
          ShownText(
            result.text(width: StandardStream.outputWidth) + figures(of: planned.plan)))
      }
    }
  }
}
