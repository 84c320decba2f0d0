internal import Calibrate
internal import Curves
internal import Emit
internal import Ingest
internal import JSON
internal import Job
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
      FoundInput(
        configuration.input.paths,
        streamFolder: configuration.run.temporaryFolder ?? FoundInput.temporaryFolder,
        expecting: configuration.input.expectedStream),
      configuration.input,
      characteristics: configuration.calibration.characteristics.map(\.measure),
      readsModels: configuration.calibration.usesModels,
      hasProbabilities: configuration.calibration.transform == .logit,
      threads: configuration.threadCount)
    let account = input.account
    account.warnings.forEach(printer.report)
    try OwnScoresCheck(configuration, account).report(to: printer, withNotes: !options.isQuiet)
    let labels = try LabelStage(configuration: configuration, printer: printer)
    var observer = ScanStage.Observer(printer: printer)
    var scanning = ScanStage(configuration, printer: printer, progress: progress)
    scanning.labels = labels.pairs
    let scan = try scanning.run(input, observer: &observer)
    try NamedFields.require(configuration.input, in: scan)
    let planning = Planning(
      configuration, labels: labels, log: WarningLog(printer), progress: progress)
    let fit = try planning.fit(scan)
    let text = planning.document(
      of: fit, source: try configuration.calibration.curve.map(CurveSource.init))
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
