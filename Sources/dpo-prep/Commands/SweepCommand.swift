internal import Emit
internal import Ingest
internal import JSON
internal import Job
internal import Records
internal import Report
internal import Scan
internal import Settings
internal import Terminal
internal import Views
internal import Work

/// `sweep`: datasets of the same generations by several settings, and what differs between them.
struct SweepCommand {
  let options: SweepOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter

  /// - Returns: How the first variant failed that has no result; nil where all have one.
  func run() throws -> FailureCategory? {
    let start = ContinuousClock.now
    let sweep = try Sweep(
      path: options.source.path, arguments: options.source.arguments(), environment: .process,
      writesData: options.writesData)
    let configurations = sweep.variants.map(\.configuration)
    let outputs = try NamedOutputs(
      [("--html", options.reportPath)], figures: options.figures,
      beside: options.writesData ? configurations.map(\.output.dir) : [],
      printsJSON: options.printsJSON,
      sparing: { try sources(of: configurations) }, printer: printer)
    let folders = SweepFolders(printer: printer)
    let work = SweepWork(
      sweep, folders, writesData: options.writesData, printer: printer,
      progress: progress)
    do {
      if options.writesData { try folders.make(configurations) }
      try work.run()
      try Interruption.checkpoint()
      try folders.commit()
    } catch {
      folders.discard()
      throw error
    }
    var result = work.result
    result.seconds = (ContinuousClock.now - start) / .seconds(1)
    guard result.outcomes.contains(where: { $0.figures != nil }) else {
      return result.firstFailure?.category
    }
    let report = SweepReport(result: result)
    try outputs.deliver([("--html", { report.page.utf8 })], figures: { report.page.figures }) {
      if options.printsJSON {
        try StandardStream.output.write(result.document)
      } else {
        try StandardStream.output.write(ShownText(result.text(width: StandardStream.outputWidth)))
      }
    }
    return result.firstFailure?.category
  }

  /// The files that are read.
  private func sources(of configurations: [Configuration]) throws -> [OutputPath.Source] {
    var seen: Set<[String]> = []
    let inputs = try configurations.map(\.input.paths).filter { seen.insert($0).inserted }
      .flatMap { [OutputPath.Source].inputs(try InputDiscovery.files(for: $0)) }
    seen = []
    let excluded = try configurations.map(\.input).filter { seen.insert($0.exclude).inserted }
      .flatMap { [OutputPath.Source].inputs(try $0.excludedFiles()) }
    let named = configurations.flatMap {
      [
        $0.calibration.curve, $0.calibration.labels, $0.input.tokenizer,
        $0.report.previousCurve.map(PreviousCurves.file),
      ]
    }
    return (options.source.path.map { [OutputPath.Source($0, role: "the configuration")] } ?? [])
      + Set(named.compactMap(\.self)).sorted().map { OutputPath.Source($0, role: "an input") }
      + excluded + inputs
  }
}
