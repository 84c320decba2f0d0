internal import Calibrate
internal import Emit
internal import Ingest
internal import JSON
internal import Job
internal import Records
internal import Rows
internal import Scan
internal import Settings
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
    let findings = try look()
    if options.printsJSON {
      try StandardStream.output.write(findings.document)
    } else {
      try StandardStream.output.write(ShownText(findings.text(width: StandardStream.outputWidth)))
    }
  }

  private func look() throws -> InspectResult {
    var configuration = Configuration()
    try configuration.takeRunSettings(from: .process)
    configuration.input.paths = options.paths
    configuration.input.format = options.format
    configuration.input.fields = options.fields
    // The rows as they are, malformed ones and doubtful ids included.
    configuration.input.onError = .skip
    configuration.input.maxErrors = .max
    configuration.input.idConflicts = .drop
    let input = try PreparedInput(
      FoundInput(options.paths, streamFolder: FoundInput.temporaryFolder), configuration.input,
      characteristics: [.chars], threads: configuration.threadCount, advice: .options)
    let account = input.account
    account.warnings.forEach(printer.report)
    let survey = try FieldSurvey(input.files) { try Interruption.checkpoint() }
    var observer = ScanStage.Observer(printer: printer, advice: .options)
    var scanning = ScanStage(configuration, printer: printer, progress: progress)
    scanning.advice = .options
    let scan = try scanning.run(input, observer: &observer)
    for diagnostic in ReadingNotes(configuration, account, scan).diagnostics
    where diagnostic.severity == .warning {
      printer.report(
        Diagnostic(
          diagnostic.severity, diagnostic.message, at: diagnostic.location,
          code: diagnostic.code))
    }
    return InspectResult(
      input: input, scan: scan, survey: survey, threads: configuration.threadCount)
  }
}
