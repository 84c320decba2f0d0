package import Ingest
internal import JSON
internal import Records

/// Reads the first row of a file as a run would, for a look before it.
package enum FirstRow {
  /// So much of a file shows its first row, mostly.
  private static let chunkByteCount = 1 << 16

  /// What the first row has of the fields that rows need not have; nil where there is no row.
  ///
  /// - Parameter obstacle: What of a row the output cannot carry; nil where it carries everything.
  /// - Throws: What is wrong with the row, and with the file before it.
  package static func optionalFields(
    of file: InputFile, _ schema: RowSchema, _ framing: FramingOptions,
    obstacle: RowReader.Obstacle?
  ) throws(IngestError) -> OptionalFields? {
    let options = FramingOptions(
      maximumRowByteCount: framing.maximumRowByteCount, chunkByteCount: chunkByteCount,
      windowByteCount: framing.windowByteCount)
    let chunks = try ChunkReader(file, fileIndex: 0, options: options)
    var reader = RowReader(schema: schema, advice: .settings, obstacle: obstacle)
    var prompt = PromptBytes()
    while let frame = try chunks.next() {
      switch frame {
      case .empty: continue
      case .refused(let row): throw row.error
      case .chunk(let chunk):
        var isRead = false
        var error: IngestError?
        chunk.forEachRow { source, range in
          isRead = true
          do throws(RowFault) {
            try reader.read(
              source, from: range.lowerBound, to: range.upperBound, beside: chunk.partition)
            try reader.prompt(
              in: source, from: range.lowerBound, to: range.upperBound, into: &prompt)
          } catch let fault {
            error = IngestError(
              .malformedRow, fault.message, at: chunk.location(ofByte: fault.offset),
              hint: fault.hint)
          }
          return false
        }
        if let error { throw error }
        if isRead { return reader.optionalFields }
      }
    }
    return nil
  }
}
