internal import Calibrate
internal import Curves
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
    let outputs = try NamedOutputs(
      [("--out", options.output ?? "-")],
      sparing: {
        func named(_ path: String?, _ role: String) -> [OutputPath.Source] {
          path.map { [OutputPath.Source($0, role: role)] } ?? []
        }
        return named(options.source.path, "the configuration")
          + named(configuration.calibration.curve, "an input")
          + named(configuration.calibration.labels, "an input")
          + .inputs(try InputDiscovery.files(for: configuration.input.paths))
      }, printer: printer)
    let input = try PreparedInput(
      configuration.input,
      characteristics: configuration.calibration.characteristics.map(\.measure),
      readsModels: configuration.calibration.usesModels,
      hasProbabilities: configuration.calibration.transform == .logit,
      streamFolder: configuration.run.temporaryFolder ?? PreparedInput.temporaryFolder,
      threads: configuration.threadCount)
    input.warnings.forEach(printer.report)
    try OwnScoresCheck(configuration, input).report(to: printer, withNotes: !options.isQuiet)
    let labels = try LabelStage(configuration: configuration, printer: printer)
    var observer = ScanStage.Observer(printer: printer, rejects: nil)
    let scan = try ScanStage(
      configuration: configuration, printer: printer, progress: progress, labels: labels.pairs
    ).run(input, observer: &observer)
    try NamedFields.require(configuration.input, in: scan)
    progress.begin("fitting", total: 0)
    let fit = try labels.run(
      scan,
      try BalanceStage(configuration: configuration, printer: printer).run(
        scan, try FitStage(configuration: configuration, printer: printer).run(scan)))
    progress.end()
    FitNotes(scan, fit).diagnostics.forEach(printer.report)
    let source = try configuration.calibration.curve.map(CurveSource.init)
    let text = CurveFile.document(fit, configuration: configuration.fitDocument(from: source))
      .document
    try outputs.write("--out") { text }
    if let output = options.output, outputs.leavesStandardOutput, !options.isQuiet {
      let knots = fit.curves.map {
        "\($0.characteristic): \(Quantity.count($0.knots.count)) lengths"
      }
      StderrPrinter.write(
        ShownText(
          line:
            "\(output): curve of \(Quantity.count(scan.table.ledger.candidatesKept)) candidates "
            + "(\(knots.joined(separator: ", ")))") + "\n")
    }
  }
}
