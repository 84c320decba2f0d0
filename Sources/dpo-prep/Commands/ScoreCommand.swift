internal import Arguments
internal import Emit
internal import Job
internal import Records
internal import Settings
internal import Terminal
internal import Views

/// `score`: what became of every candidate, as a table.
struct ScoreCommand {
  let options: ScoreOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter
  let isQuiet: Bool

  func run() throws {
    let name = options.output ?? "-"
    guard let format = RecordTable.format(ofFile: name) else {
      throw UsageError(
        .invalidValue, "\"--out\" does not say how the table is to be written: \"\(name)\"",
        hint: "name a file that ends in .parquet, .jsonl, .jsonl.zst or .jsonl.gz, or - for JSON "
          + "Lines on standard output")
    }
    let configuration = try options.source.load(.input).configuration
    let outputs = try NamedOutputs(
      [("--out", name)], printsJSON: options.printsJSON,
      sparing: { try PlainScan.sources(of: configuration, from: options.source) },
      printer: printer)
    var stopwatch = Stopwatch()
    let log = WarningLog(printer)
    let scanned = try PlainScan(
      configuration, readsModels: true, printer: log, progress: progress)
    stopwatch.lap("scan")
    let scored = try Planning(
      configuration, labels: scanned.labels, log: log, progress: progress
    ).scores(scanned.account, scanned.scan)
    stopwatch.lap("fit")
    let rows = try outputs.write("--out") { (output: @escaping (RawSpan) throws -> Void) in
      try ScoreStage(configuration, progress: progress).run(
        scanned.input, scored, format, named: name, to: output)
    }
    stopwatch.lap("write")
    let result = ScoreResult(
      scored, rows: rows ?? 0, in: name, scanned.account.serving(configuration),
      warnings: log.warnings, timings: stopwatch.laps)
    if options.printsJSON {
      try StandardStream.output.write(result.document)
    } else if outputs.leavesStandardOutput, !isQuiet {
      try StandardStream.output.write(ShownText(result.text(width: StandardStream.outputWidth)))
    }
  }
}
