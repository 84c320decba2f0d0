internal import Audit
internal import Emit
internal import Foundation
internal import Ingest

/// `diff`: what changed between two datasets.
struct DiffCommand {
  let options: DiffOptions

  /// - Returns: whether nothing did.
  func run() throws -> Bool {
    let (oldFiles, newFiles) = (try DatasetFiles(options.old), try DatasetFiles(options.new))
    let progress = ProgressMeter(isEnabled: options.showsProgress && !options.isQuiet)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    func read(_ files: DatasetFiles, _ label: String) throws -> PairTable {
      progress.begin(label, total: files.files.reduce(0) { $0 + ($1.byteCount ?? 0) })
      defer { progress.end() }
      return try PairTable(
        files, as: nil,
        groupedBy: options.groupColumns.isEmpty
          ? PairTable.usualGroupColumns : options.groupColumns,
        threads: threads, progress: { progress.update($0) },
        checkpoint: { try Interruption.checkpoint() })
    }
    let difference = DatasetDifference(
      try read(oldFiles, "reading old"), try read(newFiles, "reading new"),
      tolerance: options.tolerance)
    let result = DiffResult(
      names: (options.old, options.new), difference: difference,
      examples: try difference.texts(
        of: difference.largest(options.exampleCount), oldFiles: oldFiles, newFiles: newFiles,
        threads: threads, checkpoint: { try Interruption.checkpoint() }),
      manifestChanges: ManifestChange.between(options.old, options.new))
    if options.printsJSON {
      try StandardStream.output.write(result.document(listedRows: options.listedRows).text)
    } else {
      try StandardStream.output.write(options.printsMarkdown ? result.markdown : result.text)
    }
    return difference.isSame
  }
}
