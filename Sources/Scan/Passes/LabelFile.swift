package import Ingest
package import Records
internal import Rows

/// The labelled pairs of some files.
package struct LabelFile: Sendable {
  package private(set) var pairs: [LabelledPair] = []
  /// What was read.
  package private(set) var inputs: [InputReport] = []

  /// More are not labels, but a dataset that was named by mistake.
  private static let mostPairs = 1_000_000

  /// Reads files in any format that input can have.
  ///
  /// - Parameter fields: What the input's fields are called.
  /// - Throws: ``IngestError`` for the first row that is not a labelled pair.
  package init(
    _ files: [InputFile], fields: FieldMap, framing: FramingOptions, threads: Int,
    checkpoint: () throws -> Void
  ) throws {
    var rows = [Int](repeating: 0, count: files.count)
    typealias Batch = (file: Int, pairs: [LabelledPair], fault: IngestError?)
    let summaries = try TreePass(framing: framing, threads: threads).run(
      files, isDigesting: true,
      summarize: { batch -> Batch in
        var pairs: [LabelledPair] = []
        do throws(IngestError) {
          for row in batch.rows {
            if let fault = row.fault { throw fault }
            guard let tree = row.tree else { continue }
            pairs.append(try LabelledPair(tree, at: row.location, fields: fields))
          }
          return (batch.file, pairs, nil)
        } catch {
          return (batch.file, pairs, error)
        }
      },
      consume: { batch in
        try checkpoint()
        if let fault = batch.fault { throw fault }
        pairs += batch.pairs
        rows[batch.file] += batch.pairs.count
        guard pairs.count <= Self.mostPairs else {
          throw IngestError(
            .tooManyCandidates, "more than \(Self.mostPairs) labelled pairs",
            at: SourceLocation(file: files[batch.file].displayName),
            hint: "some hundred labels are enough; is this the right file?")
        }
      })
    inputs = zip(files, zip(summaries, rows)).map { file, read in
      InputReport(name: file.displayName, read.0, rows: read.1)
    }
    guard !pairs.isEmpty else {
      throw IngestError(
        .empty, "this file holds no labelled pairs",
        at: files.first.map { SourceLocation(file: $0.displayName) },
        hint: "leave calibration.labels out, or name the file that has them")
    }
  }
}
