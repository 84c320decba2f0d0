package import Ingest
internal import JSON
package import Records
internal import Work

/// Finds out how the rows of an input are laid out by looking at the beginning of each file.
package struct LayoutDetection: Sendable {
  private let fields: FieldMap
  private let format: InputFormat
  private let order: RewardOrder
  private let framing: FramingOptions
  private let advice: Advice
  private let wishes: @Sendable (inout RowSchema) -> Void

  /// So much of a file shows its first row, mostly.
  private static let chunkByteCount = 1 << 16
  /// A well-formed row behind more chunks than these without one is not looked for.
  private static let chunkLimit = 64

  /// - Parameters:
  ///   - fields: The names of fields; those that are not the defaults win over a layout's.
  ///   - wishes: adds to a schema what else rows are to be read for.
  package init(
    fields: FieldMap, format: InputFormat, order: RewardOrder, framing: FramingOptions,
    advice: Advice, wishes: @escaping @Sendable (inout RowSchema) -> Void = { _ in }
  ) {
    self.fields = fields
    self.format = format
    self.order = order
    self.framing = FramingOptions(
      maximumRowByteCount: framing.maximumRowByteCount, chunkByteCount: Self.chunkByteCount,
      windowByteCount: framing.windowByteCount)
    self.advice = advice
    self.wishes = wishes
  }

  /// How the rows of each file are laid out, by its first well-formed one.
  ///
  /// - Throws: ``IngestError/Code/malformedRow`` if such a row lacks the fields,
  ///   ``IngestError/Code/unusedField`` if the user named a field that it is not read by, and what
  ///   is wrong with the files. Rows that are not JSON are left to the first pass.
  package func schemas(of files: [InputFile], threads: Int) throws(IngestError) -> RowSchemas {
    let found = Concurrent.map(Array(files.indices), threads: threads) { index in
      Result { () throws(IngestError) in try schema(of: files[index], index) }
    }
    var schemas: [RowSchema?] = []
    for result in found { schemas.append(try result.get()) }
    // A file without a row that can be read is taken for one like the others.
    var usual = LayoutDetector(fields: fields, format: format).fallback
    wishes(&usual)
    usual = schemas.compactMap(\.self).first ?? usual
    return RowSchemas(schemas.map { $0 ?? usual })
  }

  private func schema(of file: InputFile, _ index: Int) throws(IngestError) -> RowSchema? {
    let reader = try ChunkReader(file, fileIndex: index, options: framing)
    var chunks = 0
    while chunks < Self.chunkLimit, let frame = try reader.next() {
      guard case .chunk(let chunk) = frame else { continue }
      if let found = try schema(of: chunk) { return found }
      chunks += 1
    }
    return nil
  }

  /// The layout of a chunk's first well-formed row; nil where it has none.
  private func schema(of chunk: Chunk) throws(IngestError) -> RowSchema? {
    let detector = LayoutDetector(fields: fields, format: format)
    var schema: RowSchema?
    // Paths with dots whose names the rows so far do not have.
    var open: [String] = []
    var error: IngestError?
    chunk.forEachRow { source, range in
      let row = Row(
        source: source, start: range.lowerBound, end: range.upperBound, advice: advice,
        partition: chunk.partition)
      guard let value = row.value else { return true }
      if var found = schema {
        open = found.findNames(of: open, in: value)
        schema = found
        return !open.isEmpty
      }
      schema = detector.schema(of: value)
      let fault =
        schema.map { unusedField(detector.unusedFields(of: $0), $0, row) }
        ?? unknownLayout(value, row)
      if let fault {
        error = IngestError(
          fault.code == .missingField ? .malformedRow : .unusedField, fault.message,
          at: chunk.location(ofByte: fault.offset), hint: fault.hint)
        return false
      }
      guard var found = schema else { return false }
      found.isLowerBetter = isLowerBetter(found.rewardPaths)
      for index in found.rewards.indices {
        found.rewards[index].isLowerBetter = isLowerBetter(found.rewards[index].paths)
      }
      wishes(&found)
      open = found.findNames(of: found.paths, in: value)
      schema = found
      return !open.isEmpty
    }
    if let error { throw error }
    return schema
  }

  private func isLowerBetter(_ rewardPaths: [String]) -> Bool {
    switch order {
    case .higher: false
    case .lower: true
    case .automatic: rewardPaths.contains(where: RewardName.isRank)
    }
  }

  /// What to say of a field that the user named for nothing.
  private func unusedField(_ names: [String], _ schema: RowSchema, _ row: Row) -> RowFault? {
    guard let name = names.first else { return nil }
    return RowFault(
      code: .wrongType, offset: row.start,
      message: "\(advice.name(ofField: name)) is set, but rows like this one are not read by it: "
        + "they are \(schema)",
      hint: "leave it out, set \(advice.name(ofField: name == "reward" ? "rewards" : "reward")), "
        + "or name the layout with input.format")
  }

  /// What to say of a row that lacks the fields.
  private func unknownLayout(_ value: JSONValue, _ row: Row) -> RowFault? {
    let wanted = WantedField(
      path: fields.response,
      name: advice == .settings ? "input.fields.response or .responses" : "response",
      slot: 0)
    var fault = row.missing(wanted)
    if let kind = RowKind(of: value) {
      fault.message = kind.message
      fault.hint = kind.hint
    } else if format == .automatic || format == .nested || format == .flat {
      fault.message =
        "no field \"\(fields.responses.joined(separator: ", "))\" (nested rows) or "
        + "\"\(fields.response)\" (flat rows)"
    } else {
      fault.message = "the row is not of the format \"\(format.rawValue)\""
    }
    return fault
  }
}
