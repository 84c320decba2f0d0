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
internal import Work

/// `run`: scored generations in, a dataset of calibrated pairs out.
struct RunCommand {
  let options: RunOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter

  func run() throws {
    let configuration = try options.source.load().configuration
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
    if options.printsJSON {
      try StandardStream.output.write(built.documents.summary(built.dataset))
    } else if !options.isQuiet {
      try StandardStream.output.write(ShownText(built.plan.result.text(built.dataset)))
    }
  }

  private func build(
    _ configuration: Configuration, in folder: DatasetFolder
  ) throws -> (plan: DatasetPlan, documents: RunDocuments, dataset: WrittenDataset) {
    var stopwatch = Stopwatch()
    let log = WarningLog(printer)
    let input = try PreparedInput(
      FoundInput(
        configuration.input.paths,
        streamFolder: configuration.run.temporaryFolder ?? folder.path,
        expecting: configuration.input.expectedStream),
      configuration)
    let account = input.account
    account.warnings.forEach(log.report)
    try folder.refuseInside(input.files.map(\.path))
    folder.removeLitter().forEach(printer.report)
    if !options.isQuiet, configuration.input.format == .automatic {
      account.notes.forEach(printer.report)
    }
    try OwnScoresCheck(configuration, account).report(to: log, withNotes: !options.isQuiet)
    let labels = try LabelStage(configuration: configuration, printer: log)
    try folder.refuseInside(labels.file?.inputs.map(\.name) ?? [])
    var observer = ScanStage.Observer(
      printer: log, rejects: [RejectsFile(folder: folder.path, nameOf: configuration.publishedPath)]
    )
    var scanning = ScanStage(configuration, printer: log, progress: progress)
    scanning.kept = input.kept(configuration)
    scanning.obstacle = input.obstacle(configuration.output.profiles)
    scanning.labels = labels.pairs
    let scan = try scanning.run(input, observer: &observer)
    stopwatch.lap("scan")

    let plan = try Planning(configuration, labels: labels, log: log, progress: progress).run(
      account, scan,
      exampleCount: configuration.report.html ? RunReport.exampleCount : 0,
      showsNotes: !options.isQuiet, stopwatch: &stopwatch)
    let (written, documents) = try Concurrent.both(threads: configuration.threadCount) {
      try WriteStage(configuration, progress: progress).run(input, plan, folder: folder)
    } _: {
      RunDocuments(plan)
    }
    stopwatch.lap("emit")

    var dataset = WrittenDataset(
      layout: plan.layout, tables: written.tables, rejects: try observer.rejects[0].finish(),
      examples: written.examples, timings: stopwatch.laps)
    dataset.kept = scan.kept?.account ?? dataset.kept
    try folder.write(documents, of: dataset, curve: plan.curve)
    return (plan, documents, dataset)
  }
}

extension Configuration.Output {
  /// What the user says of the dataset.
  var cardDetails: DatasetCard.Details {
    var details = DatasetCard.Details()
    details.license = license
    details.prettyName = prettyName
    details.languages = languages
    details.taskCategories = taskCategories
    details.sourceDatasets = sourceDatasets
    details.tags = tags
    return details
  }
}
