internal import Ingest
internal import JSON
internal import Records
internal import Rows

extension Profile {
  /// The profile that a row looks like; nil where it looks like none.
  init?(of row: JSONValue) {
    let prompt = row["prompt"]
    if row["label"] != nil, row["completion"] != nil {
      self = .kto
    } else if row["rejected_response"] != nil
      || row["messages"] != nil && row["rejected_messages"] != nil
    {
      self = .msSwift
    } else if row["conversations"] != nil || row["chosen_messages"] != nil
      || row["instruction"]?.text != nil && row["chosen"]?.text != nil
    {
      self = .llamaFactory
    } else if case .object? = row["chosen"] {
      self = .axolotl
    } else if row["chosen"] == nil, row["rejected"] == nil {
      return nil
    } else if prompt == nil || prompt == .null {
      self = row["prompt_text"]?.text == nil ? .trlImplicit : .alignmentHandbook
    } else if row["chosen"]?.text != nil, prompt?.text != nil {
      self = .standard
    } else if prompt?.text != nil, let turns = row["chosen"]?.elements, turns.count > 1 {
      self = .h4
    } else {
      self = .trl
    }
  }
}

/// The first row of a dataset that shows something of all.
struct FirstRow: Sendable {
  let row: JSONValue

  /// - Parameter shows: Whether a row, which is an object, does.
  /// - Returns: nil where none does.
  init?(
    of dataset: DatasetFiles, checkpoint: () throws -> Void = {},
    where shows: @escaping @Sendable (JSONValue) -> Bool = { _ in true }
  ) throws {
    struct Found: Error { var row: JSONValue }
    do {
      // Mostly it is the first row, so little more of a file than that.
      try TreePass(framing: FramingOptions(chunkByteCount: 1 << 16), threads: 1).run(
        dataset.files,
        summarize: { batch in batch.rows.lazy.compactMap(\.tree).first(where: shows) },
        consume: {
          try checkpoint()
          if let row = $0 { throw Found(row: row) }
        })
    } catch let found as Found {
      row = found.row
      return
    }
    return nil
  }

  /// Whether a row shows how the pairs of a dataset are laid out: one without an answer may not.
  static func holdsPair(_ row: JSONValue) -> Bool {
    PairRowReader(like: row).flatMap { (try? $0.read(row)) ?? nil } != nil
  }
}
