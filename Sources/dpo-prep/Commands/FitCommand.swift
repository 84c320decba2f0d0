internal import Calibrate
internal import Curves
internal import Emit
internal import Ingest
internal import JSON
internal import Job
internal import Records
internal import Scan
internal import Settings
internal import Terminal
internal import Views
internal import Work

/// `fit`: the bias curves of a configuration, saved.
struct FitCommand {
  let options: FitOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter
  let isQuiet: Bool

  func run() throws {
    let configuration = try options.source.load(.input).configuration
    let outputs = try NamedOutputs(
      [("--out", options.output ?? "-")],
      sparing: { try PlainScan.sources(of: configuration, from: options.source) },
      printer: printer)
    let scanned = try PlainScan(
      configuration, printer: printer, progress: progress)
    let planning = Planning(
      configuration, labels: scanned.labels, log: WarningLog(printer), progress: progress)
    let fit = try planning.fit(scanned.scan)
    let text = planning.document(
      of: fit, source: try configuration.calibration.curve.map(CurveSource.init))
    try outputs.write("--out") { text }
    if let output = options.output, outputs.leavesStandardOutput, !isQuiet {
      let knots = fit.curves.map {
        "\($0.characteristic): "
          + ($0.knots.isEmpty ? "a line" : Quantity.count($0.knots.count, "length"))
      }
      StderrPrinter.write(
        ShownText(
          line:
            "\(output): curve of \(Quantity.count(scanned.scan.table.ledger.candidatesKept, "candidate")) "
            + "(\(knots.joined(separator: ", ")))") + "\n")
    }
  }
}
