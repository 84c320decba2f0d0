package import Records

/// Finds out how the rows of an input are laid out by looking at its beginning.
package enum LayoutDetection {
  /// How the first well-formed row is laid out, without characteristics.
  ///
  /// - Parameter fields: The names of fields; those that are not the defaults win over a preset's.
  /// - Throws: ``IngestError/Code/malformedRow`` if that row has none of the fields, and what is
  ///   wrong with the files. Rows that are not JSON are left to the first pass.
  package static func schema(
    of files: [InputFile], fields: FieldMap, format: InputFormat, framing: FramingOptions
  ) throws(IngestError) -> RowSchema {
    let detector = LayoutDetector(fields: fields, format: format)
    let match = try match(of: files, detector, framing) ?? detector.fallback
    return RowSchema(fields: match.fields, layout: match.layout, characteristics: [])
  }

  private static func match(
    of files: [InputFile], _ detector: LayoutDetector, _ framing: FramingOptions
  ) throws(IngestError) -> RowShape.Match? {
    for index in files.indices {
      let reader = try ChunkReader(files[index], fileIndex: index, options: framing)
      while let frame = try reader.next() {
        guard case .chunk(let chunk) = frame else { continue }
        if let match = try match(of: chunk, detector) { return match }
        break
      }
    }
    return nil
  }

  /// The layout of a chunk's first well-formed row; nil where it has none.
  private static func match(
    of chunk: Chunk, _ detector: LayoutDetector
  ) throws(IngestError) -> RowShape.Match? {
    var match: RowShape.Match?
    var fault: RowFault?
    chunk.forEachRow { base, range in
      let row = Row(base: base, start: range.lowerBound, end: range.upperBound)
      guard let tree = row.tree else { return true }
      match = detector.layout(of: tree)
      if match == nil { fault = detector.fault(row) }
      return false
    }
    if let fault {
      throw IngestError(
        .malformedRow, fault.message, at: chunk.location(ofByte: fault.offset), hint: fault.hint)
    }
    return match
  }
}
