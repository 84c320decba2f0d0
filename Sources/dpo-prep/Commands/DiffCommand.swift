internal import Audit
internal import Emit
internal import Ingest
internal import JSON
internal import Report
internal import Work

/// `diff`: what changed between two datasets.
struct DiffCommand {
  let options: DiffOptions
  let progress: ProgressMeter

  /// - Returns: whether nothing did.
  func run() throws -> Bool {
    let (oldFiles, newFiles) = (try DatasetFiles(options.old), try DatasetFiles(options.new))
    let reading = ReadPairsStage(
      progress: progress,
      groupColumns: options.groupColumns)
    let difference = DatasetDifference(
      try reading.run(oldFiles, label: "reading old"),
      try reading.run(newFiles, label: "reading new"), tolerance: options.tolerance)
    let result = DiffResult(
      names: (options.old, options.new), difference: difference,
      examples: try difference.texts(
        of: difference.largest(options.exampleCount), oldFiles: oldFiles, newFiles: newFiles,
        threads: ReadPairsStage.threads, checkpoint: { try Interruption.checkpoint() }),
      manifestChanges: ManifestChange.between(options.old, options.new))
    if let path = options.reportPath {
      try SmallFile.replace(DiffReport(result: result).page.utf8, at: path)
    }
    if options.printsJSON {
      try StandardStream.output.write(result.document(listedRows: options.listedRows).document)
    } else {
      try StandardStream.output.write(options.printsMarkdown ? result.markdown : result.text)
    }
    return difference.isSame
  }
}
