internal import Emit
internal import Ingest
internal import Job
internal import Records
internal import Report
internal import Scan
internal import Settings
internal import Terminal
internal import Views

/// A run up to where everything is decided, and nothing of the dataset is written.
struct PlannedRun {
  let input: PreparedInput
  let plan: DatasetPlan
  /// The malformed rows; nil where no dataset is made.
  var rejects: RejectsFile?
  var stopwatch: Stopwatch

  /// - Parameters:
  ///   - folder: Where malformed rows and streams are put; nil where no dataset is made, so that
  ///     nothing is kept for a second pass.
  init(
    _ configuration: Configuration, in folder: DatasetFolder?, printer: any DiagnosticSink,
    progress: ProgressMeter
  ) throws {
    stopwatch = Stopwatch()
    try configuration.checkPreconditions()
    let log = WarningLog(printer)
    input = try PreparedInput(
      FoundInput(
        configuration.input.paths,
        streamFolder: configuration.run.temporaryFolder ?? folder?.path
          ?? InputFile.temporaryFolder,
        expecting: configuration.input.expectedStream, progress: progress),
      configuration)
    let account = input.account
    account.warnings.forEach(log.report)
    try folder?.refuseInside(
      (input.files + configuration.input.excludedFiles()).map(\.path))
    folder?.removeLitter().forEach(printer.report)
    if configuration.input.format == .automatic {
      account.notes.forEach(printer.report)
    }
    try OwnScoresCheck(configuration, account).report(to: log)
    let labels = try LabelStage(configuration: configuration, printer: log)
    try folder?.refuseInside(labels.file?.inputs.map(\.name) ?? [])
    var observer = ScanStage.Observer(
      printer: log,
      rejects: folder.map {
        [RejectsFile(folder: $0.path, nameOf: configuration.publishedPath)]
      } ?? [])
    var scanning = ScanStage(configuration, printer: log, progress: progress)
    if folder != nil { scanning.resident = input.resident(configuration) }
    scanning.obstacle = input.obstacle(configuration.output.profiles)
    scanning.labels = labels.pairs
    let scan = try scanning.run(input, observer: &observer)
    rejects = observer.rejects.first
    stopwatch.lap("scan")
    plan = try Planning(configuration, labels: labels, log: log, progress: progress).run(
      account, scan,
      exampleCount: configuration.report.html ? RunReport.exampleCount : 0,
      stopwatch: &stopwatch)
  }
}
