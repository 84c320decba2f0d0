internal import CLinux
internal import Emit
internal import Glibc
internal import Ingest
internal import Records
internal import Settings

Interruption.install()
let printer = StderrPrinter()

do {
  let command = try Command.parse(Array(CommandLine.arguments.dropFirst()))
  if case .evaluate = command {
    // Reads whole files in turns, for which memory is better kept.
  } else {
    // Buffers of a chunk go back to the system when they are freed. By default glibc would keep
    // ever larger ones: 30 MB more after 60,000 prompts, and nothing faster for it.
    return_freed_memory(128 << 10)
  }
  switch command {
  case .run(let options): try RunCommand(options: options, printer: printer).run()
  case .fit(let options): try FitCommand(options: options, printer: printer).run()
  case .inspect(let options): try InspectCommand(options: options, printer: printer).run()
  case .validate(let options):
    if try !ValidateCommand(options: options).run() { exit(1) }
  case .audit(let options):
    if try !AuditCommand(options: options).run() { exit(1) }
  case .diff(let options):
    if try !DiffCommand(options: options).run() { exit(1) }
  case .evaluate(let options): try EvaluateCommand(options: options, printer: printer).run()
  case .config(let action): try ConfigCommand(action: action, printer: printer).run()
  case .help(let topic): try StandardStream.output.write(topic.text)
  case .version: try StandardStream.output.write("dpo-prep \(dpoPrepVersion)\n")
  }
} catch let error as Interruption.Requested {
  StderrPrinter.write("\ndpo-prep: interrupted, nothing was written\n")
  exit(128 + error.signal)
} catch let error as ConfigurationError {
  error.diagnostics.forEach(printer.report)
  exit(error.category.rawValue)
} catch let error as any ReportableError {
  printer.report(error.diagnostic)
  exit(error.category.rawValue)
} catch {
  let fault = InternalFault(message: "\(error)")
  printer.report(fault.diagnostic)
  exit(fault.category.rawValue)
}
