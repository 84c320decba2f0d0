package import Emit
internal import Hashing
internal import JSON
internal import Records
internal import Scan
package import Settings
package import Work

/// Writes a row for every candidate of the input, in its order, in a second pass over it.
package struct ScoreStage {
  package let configuration: Configuration
  package let progress: any ProgressSink

  package init(_ configuration: Configuration, progress: any ProgressSink) {
    self.configuration = configuration
    self.progress = progress
  }

  /// Writes the table.
  ///
  /// - Parameters:
  ///   - format: Of the file.
  ///   - name: What the file is called in errors.
  ///   - output: Takes the bytes of the file.
  /// - Returns: How many rows were written.
  package func run(
    _ input: PreparedInput, _ scored: CandidateScores, _ format: DataFormat, named name: String,
    to output: @escaping (RawSpan) throws -> Void
  ) throws -> Int {
    let columns = ScoreColumns(scored)
    let table = RecordTable(columns: columns.fields, format: format)
    let open = OpenTable(
      try RecordWriter(
        table, name: name, workers: configuration.threadCount, remarks: remarks(scored)),
      output)
    progress.begin("writing", total: input.byteCount)
    let conveyor = OrderedConveyor<[ListedRow], RecordBatch>(
      threads: configuration.threadCount, limit: 1
    ) {
      { rows in
        var encoder = RecordEncoder(table)
        columns.encode(rows, by: &encoder)
        return encoder.take()
      }
    } take: { batch in
      try open.append(batch)
    }
    try InputListing(
      schemas: input.schemas, framing: input.framing, threads: configuration.threadCount
    ).run(
      input.files, of: scored.scan.inputs, frames: scored.scan.frames,
      progress: { [progress] in progress.update($0) },
      consume: { rows in
        try Interruption.checkpoint()
        if !rows.isEmpty { try conveyor.send(rows) }
      })
    try conveyor.finish()
    let rowCount = try open.finish()
    progress.end()
    guard rowCount == scored.scan.table.candidateCount else {
      throw InternalFault("\(rowCount) candidates were written of those that were read")
    }
    return rowCount
  }

  /// What the file says of itself: nothing that depends on the machine or the time.
  private func remarks(_ scored: CandidateScores) -> [(key: String, value: String)] {
    let values = configuration.published.resolvedValues()
    let settings = JSONValue.object(
      ["input", "calibration", "filters", "pairs", "split"].map {
        JSONValue.Member(name: $0, value: values[$0].map(JSONValue.init) ?? .null)
      }
    ).compact
    return [
      ("dpo-prep.version", dpoPrepVersion),
      ("dpo-prep.config", String(decoding: settings, as: UTF8.self)),
      ("dpo-prep.config_sha256", SHA256.digest(of: settings).hexadecimal),
      ("dpo-prep.curve_sha256", SHA256.digest(of: scored.curve).hexadecimal),
    ]
  }
}

/// A table while it is written.
///
/// `@unchecked Sendable`: the conveyor's thread alone uses it, and when that has ended the one that
/// ends the file.
private final class OpenTable: @unchecked Sendable {
  private var writer: RecordWriter
  private let output: (RawSpan) throws -> Void

  init(_ writer: RecordWriter, _ output: @escaping (RawSpan) throws -> Void) {
    self.writer = writer
    self.output = output
  }

  func append(_ batch: RecordBatch) throws { try writer.append(batch, to: output) }

  /// - Returns: How many rows the file has.
  func finish() throws -> Int {
    try writer.finish(to: output)
    return writer.rowCount
  }
}
