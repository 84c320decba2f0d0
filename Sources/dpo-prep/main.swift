internal import Arguments
internal import CLinux
internal import Emit
internal import Glibc
internal import Ingest
internal import Job
internal import Records
internal import Settings
internal import Terminal
internal import Work

Interruption.install()
var options = ReportingOptions()
// Before a command is known, what is wrong with a command line is not about settings of another.
var settings = SettingScope.all
/// What is reported before and after the options are known.
@MainActor func reporting() -> Reporting {
  Reporting(
    diagnostics: options.diagnostics, progress: options.progress, color: options.color,
    isQuiet: options.isQuiet, showsProgress: options.showsProgress, settings: settings)
}

do {
  var arguments = Array(CommandLine.arguments.dropFirst())
  try options.take(from: &arguments)
  if arguments.isEmpty, options.diagnostics == nil {
    StderrPrinter.write(Command.root.shortHelp)
    exit(FailureCategory.usage.rawValue)
  }
  let command = try Command.parse(arguments)
  settings = command.settings
  if !command.keepsMemory {
    // Large buffers go back to the system when they are freed. By default glibc would keep ever
    // larger ones: 30 MB more after 60,000 prompts. Those of a page or a text are better kept, as
    // providing them anew takes a tenth of the time of reading Parquet.
    return_freed_memory(1 << 20)
  }
  let status = try command.perform(reporting())
  if status != .done { exit(status.code) }
} catch  where Interruption.hasLostReader {
  // Standard error is closed: nothing can be reported.
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
