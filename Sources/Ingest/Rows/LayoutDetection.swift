package import Records

/// Finds out how the rows of an input are laid out by looking at its beginning.
package enum LayoutDetection {
  /// What the user says of the layout.
  package enum Request: Equatable, Sendable {
    case automatic, flat, nested
  }

  /// The layout of the first well-formed row.
  ///
  /// - Throws: ``IngestError/Code/malformedRow`` if that row has none of the fields, and what is
  ///   wrong with the files. Rows that are not JSON are left to the first pass.
  package static func layout(
    of files: [InputFile], fields: FieldMap, request: Request, framing: FramingOptions
  ) throws(IngestError) -> RowSchema.Layout {
    if request == .flat { return .flat }
    var detector = LayoutDetector(fields: fields)
    for index in files.indices {
      let reader = try ChunkReader(files[index], fileIndex: index, options: framing)
      while let frame = try reader.next() {
        guard case .chunk(let chunk) = frame else { continue }
        if let layout = try layout(of: chunk, by: &detector, request) { return layout }
        break
      }
    }
    return request == .nested
      ? .nested(responses: fields.responses, rewards: fields.rewards) : .flat
  }

  /// The layout of a chunk's first well-formed row; nil where it has none.
  private static func layout(
    of chunk: Chunk, by detector: inout LayoutDetector, _ request: Request
  ) throws(IngestError) -> RowSchema.Layout? {
    var layout: RowSchema.Layout?
    var fault: RowFault?
    chunk.forEachRow { base, row in
      guard detector.isObject(base, from: row.lowerBound, to: row.upperBound) else { return true }
      layout = detector.layout(request)
      if layout == nil {
        fault = detector.fault(base, from: row.lowerBound, to: row.upperBound)
      }
      return false
    }
    if let fault {
      throw IngestError(
        .malformedRow, fault.message, at: chunk.location(ofByte: fault.offset), hint: fault.hint)
    }
    return layout
  }
}
