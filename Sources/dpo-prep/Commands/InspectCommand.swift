internal import Calibrate
internal import Emit
internal import Ingest
internal import JSON
internal import Job
internal import Records
internal import Rows
internal import Scan
internal import Settings
internal import Terminal
internal import Views
internal import Work

/// `inspect`: what is in these files, without a configuration.
struct InspectCommand {
  let options: InspectOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter

  func run() throws {
    if options.listsFormats {
      try StandardStream.output.write(ShownText(Layout.markdownTable))
      return
    }
    let (findings, figures) = try look()
    if options.printsJSON {
      try StandardStream.output.write(findings.document)
    } else {
      let text = figures?.text(width: StandardStream.figureWidth, glyphs: StandardStream.glyphs)
      let title = (text ?? "").isEmpty ? "" : "\nWhat `run` would do by default:\n"
      try StandardStream.output.write(
        ShownText(findings.text(width: StandardStream.outputWidth) + title + (text ?? "")))
    }
  }

  /// Whether figures are shown.
  private var plots: Bool {
    !options.printsJSON && (options.plots ?? (StandardStream.outputWidth != nil))
  }

  private func look() throws -> (InspectResult, TerminalFigures?) {
    var configuration = Configuration()
    try configuration.takeRunSettings(from: .process)
    try configuration.checkPreconditions()
    configuration.input.paths = options.paths
    configuration.input.format = options.format
    configuration.input.fields = options.fields
    // The rows as they are, malformed ones and doubtful ids included.
    configuration.input.onError = .skip
    configuration.input.maxErrors = .max
    configuration.input.idConflicts = .drop
    let input = try PreparedInput(
      FoundInput(
        options.paths,
        streamFolder: configuration.run.temporaryFolder ?? InputFile.temporaryFolder,
        progress: progress),
      configuration.input,
      // As `run` would read them.
      characteristics: [.chars], readsModels: plots && configuration.calibration.usesModels,
      threads: configuration.threadCount, advice: .options)
    let account = input.account
    account.warnings.forEach(printer.report)
    let survey = try FieldSurvey(input.files) { try Interruption.checkpoint() }
    var observer = ScanStage.Observer(printer: printer, advice: .options)
    var scanning = ScanStage(configuration, printer: printer, progress: progress)
    scanning.advice = .options
    let scan = try scanning.run(input, observer: &observer)
      .transformed(by: configuration, printer: printer)
    for diagnostic in ReadingNotes(configuration, account, scan).diagnostics
    where diagnostic.severity == .warning {
      printer.report(
        Diagnostic(
          diagnostic.severity, diagnostic.message, at: diagnostic.location,
          code: diagnostic.code))
    }
    let result = InspectResult(
      input: input, scan: scan, survey: survey, threads: configuration.threadCount)
    return (result, plots ? try figures(of: scan, account, configuration) : nil)
  }

  /// What `run` would make of the input with its defaults; nil where it would make nothing.
  private func figures(
    of scan: InputScan.Result, _ account: InputAccount, _ configuration: Configuration
  ) throws -> TerminalFigures? {
    var configuration = configuration
    // Bands and intervals take several times as long as all else.
    configuration.calibration.intervals = false
    // What is to be said of a dataset, `run` says.
    let silent = SilentSink()
    var stopwatch = Stopwatch()
    do {
      let labels = try LabelStage(configuration: configuration, printer: silent)
      return TerminalFigures(
        try Planning(configuration, labels: labels, log: WarningLog(silent), progress: progress)
          .run(account, scan, exampleCount: 0, stopwatch: &stopwatch))
    } catch let error as any ReportableError {
      printer.report(Diagnostic(.note, "there are no figures: \(error.diagnostic.message)"))
      return nil
    }
  }
}
