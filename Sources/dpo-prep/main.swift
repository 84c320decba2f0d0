internal import CLinux
internal import Emit
internal import Glibc
internal import Ingest
internal import Job
internal import Records
internal import Settings
internal import Work

Interruption.install()
var options = ReportingOptions()
/// What is told before and after the options are known.
@MainActor func reporting() -> Reporting {
  Reporting(diagnostics: options.diagnostics, progress: options.progress)
}

do {
  var arguments = Array(CommandLine.arguments.dropFirst())
  try options.take(from: &arguments)
  let command = try Command.parse(arguments)
  let reporting = reporting()
  let printer = reporting.printer
  if case .evaluate = command {
    // Reads whole files in turns, for which memory is better kept.
  } else {
    // Large buffers go back to the system when they are freed. By default glibc would keep ever
    // larger ones: 30 MB more after 60,000 prompts. Those of a page or a text are better kept, as
    // providing them anew takes a tenth of the time of reading Parquet.
    return_freed_memory(1 << 20)
  }
  switch command {
  case .run(let options):
    let progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
    try RunCommand(options: options, printer: printer, progress: progress).run()
  case .sweep(let options):
    let progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
    if let failure = try SweepCommand(options: options, printer: printer, progress: progress).run()
    {
      exit(failure.rawValue)
    }
  case .fit(let options):
    let progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
    try FitCommand(options: options, printer: printer, progress: progress).run()
  case .inspect(let options):
    let progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
    try InspectCommand(options: options, printer: printer, progress: progress).run()
  case .validate(let options):
    let progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
    if try !ValidateCommand(options: options, printer: printer, progress: progress).run() {
      exit(1)
    }
  case .verify(let options):
    let progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
    if try !VerifyCommand(options: options, progress: progress).run() {
      exit(FailureCategory.badData.rawValue)
    }
  case .audit(let options):
    let progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
    if try !AuditCommand(options: options, printer: printer, progress: progress).run() { exit(1) }
  case .diff(let options):
    let progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
    if try !DiffCommand(options: options, printer: printer, progress: progress).run() { exit(1) }
  case .evaluate(let options): try EvaluateCommand(options: options, printer: printer).run()
  case .job(let options):
    let progress = reporting.meter(
      isShown: options.showsProgress && !options.isQuiet, linePause: .seconds(60))
    try JobCommand(options: options, printer: printer, progress: progress).run()
  case .config(let action): try ConfigCommand(action: action, printer: printer).run()
  case .help(let topic): try StandardStream.output.write(ShownText(topic.text))
  case .version: try StandardStream.output.write(ShownText("dpo-prep \(dpoPrepVersion)\n"))
  }
} catch  where Interruption.hasLostReader {
  // There is nobody to tell.
  exit(128 + SIGPIPE)
} catch let error as Interruption.Requested {
  reporting().report(error)
  exit(128 + error.signal)
} catch let error as ConfigurationError {
  reporting().report(error.diagnostics, error.category)
  exit(error.category.rawValue)
} catch let error as any ReportableError {
  reporting().report(error)
  exit(error.category.rawValue)
} catch {
  let fault = InternalFault("\(error)")
  reporting().report(fault)
  exit(fault.category.rawValue)
}
