internal import Hashing
internal import Ingest
internal import Records
internal import Rows

/// An id that stands with different prompts, as where row numbers start again in every file.
struct IDConflict {
  /// The fingerprint of the id.
  let key: Fingerprint.Wide
  /// How many ids do.
  let count: Int
  /// Where the first one stood with another prompt: the file, and how many of its rows come before.
  let file: Int
  let row: Int

  /// The conflict as an error: the files are read again up to the second of the prompts.
  func error(
    in files: [InputFile], _ options: MeasureOptions, _ framing: FramingOptions
  ) throws -> IngestError {
    var first: (place: SourceLocation, fingerprint: UInt64)?
    var second: SourceLocation?
    var name = ""
    for (index, file) in files.enumerated() where second == nil {
      let schema = options.schemas.distinct[options.schemas.number(ofFile: index)]
      var reader = RowReader(
        schema: schema, advice: options.advice, obstacle: options.obstacle)
      var prompt = PromptBytes()
      let chunks = try ChunkReader(file, fileIndex: index, options: framing)
      while second == nil, let frame = try chunks.next() {
        guard case .chunk(let chunk) = frame else { continue }
        chunk.forEachRow { source, range in
          guard
            (try? reader.read(
              source, from: range.lowerBound, to: range.upperBound, beside: chunk.partition))
              != nil,
            (try? reader.prompt(
              in: source, from: range.lowerBound, to: range.upperBound, into: &prompt)) != nil,
            prompt.key == key
          else { return true }
          let place = chunk.location(ofByte: range.lowerBound)
          guard let found = first else {
            first = (place, prompt.fingerprint)
            name = String(decoding: prompt.id, as: UTF8.self)
            return true
          }
          if found.fingerprint != prompt.fingerprint { second = place }
          return second == nil
        }
      }
    }
    let place = first.map { ", first at \($0.place)" } ?? ""
    return error(
      "the prompt id \"\(name)\" stands with another prompt than before\(place)", at: second)
  }

  /// The conflict as an error, where the files cannot be read again.
  func error(inFilesNamed names: [String]) -> IngestError {
    error(
      "the prompt id of row \(row + 1) stands with another prompt than before",
      at: SourceLocation(file: names[file]))
  }

  private func error(_ message: String, at location: SourceLocation?) -> IngestError {
    IngestError(
      .conflictingIDs,
      "\(message) (\(Quantity.count(count)) \(count == 1 ? "id does" : "ids do"))", at: location,
      hint:
        "row numbers that start again in every file are not ids: set input.id_conflicts: "
        + "ignore to tell prompts by their text, drop to leave them out, or name another field with "
        + "input.fields.prompt_id")
  }
}
