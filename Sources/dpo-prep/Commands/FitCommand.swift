internal import Calibrate
internal import Emit
internal import Ingest
internal import JSON
internal import Records
internal import Scan
internal import Settings
internal import Work

/// `fit`: the bias curves of a configuration, saved.
struct FitCommand {
  let options: FitOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter

  func run() throws {
    let configuration = try options.source.load().configuration
    let input = try PreparedInput(
      configuration.input,
      characteristics: configuration.calibration.characteristics.map(\.measure),
      streamFolder: configuration.run.temporaryFolder ?? PreparedInput.temporaryFolder,
      threads: configuration.threadCount)
    var observer = ScanStage.Observer(printer: printer, rejects: nil)
    let scan = try ScanStage(
      configuration: configuration, printer: printer, progress: progress
    ).run(input, observer: &observer)
    try NamedFields.require(configuration.input, in: scan)
    progress.begin("fitting", total: 0)
    let fit = try BalanceStage(configuration: configuration, printer: printer).run(
      scan, try FitStage(configuration: configuration, printer: printer).run(scan))
    progress.end()
    let text = CurveFile.document(fit, configuration: configuration.fitDocument).document
    try Interruption.checkpoint()
    if let output = options.output, output != "-" {
      try SmallFile.replace(text, at: output)
      if !options.isQuiet {
        let knots = fit.curves.map {
          "\($0.characteristic): \(Quantity.count($0.knots.count)) lengths"
        }
        StderrPrinter.write(
          "\(output): curve of \(Quantity.count(scan.table.ledger.candidatesKept)) candidates (\(knots.joined(separator: ", ")))\n"
        )
      }
    } else {
      try StandardStream.output.write(text)
    }
  }
}
