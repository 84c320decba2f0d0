internal import Audit
internal import Emit
internal import Ingest
internal import JSON
internal import Records
internal import Report
internal import Terminal
internal import Views
internal import Work

/// `diff`: what changed between two datasets.
struct DiffCommand {
  let options: DiffOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter

  /// - Returns: whether nothing did.
  func run() throws -> Bool {
    let (oldFiles, newFiles) = (try DatasetFiles(options.old), try DatasetFiles(options.new))
    let outputs = try NamedOutputs(
      [("--html", options.reportPath)], figures: options.figures, printsJSON: options.printsJSON,
      sparing: { .inputs(oldFiles.files + newFiles.files) }, printer: printer)
    for dataset in Set([options.old, options.new]).sorted() {
      try Verification.warnings(for: dataset, threads: LoadPairsStage.threads)
        .forEach(printer.report)
    }
    let reading = LoadPairsStage(
      progress: progress,
      groupColumns: options.groupColumns, isComparing: true)
    let old = try reading.run(oldFiles.rereadable(progress: progress), label: "reading old")
    let new = try reading.run(newFiles.rereadable(progress: progress), label: "reading new")
    try NoSuchColumn.refuse(options.groupColumns, in: [old, new])
    let difference = DatasetDifference(old, new, tolerance: options.tolerance)
    let result = DiffResult(
      names: (options.old, options.new), difference: difference,
      examples: try difference.texts(
        of: difference.largest(options.exampleCount), oldFiles: oldFiles, newFiles: newFiles,
        threads: LoadPairsStage.threads, checkpoint: { try Interruption.checkpoint() }),
      manifestChanges: ManifestChange.between(options.old, options.new))
    let report = DiffReport(result: result)
    try outputs.deliver([("--html", { report.page.utf8 })], figures: { report.page.figures }) {
      if options.printsJSON {
        try StandardStream.output.write(result.document(listedRows: options.listedRows))
      } else {
        try StandardStream.output.write(
          ShownText(
            options.printsMarkdown
              ? result.markdown : result.text(width: StandardStream.outputWidth)))
      }
    }
    return difference.isSame
  }
}
