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

/// What the first row of a dataset that is an object shows of all.
struct FirstRow: Sendable {
  let row: JSONValue

  /// nil where no row is an object.
  init?(of dataset: DatasetFiles) throws {
    struct Found: Error { var row: JSONValue }
    do {
      // Little more of a file than its first row.
      try TreePass(framing: FramingOptions(chunkByteCount: 1 << 16), threads: 1).run(
        dataset.files, summarize: { batch in batch.rows.lazy.compactMap(\.tree).first },
        consume: { if let row = $0 { throw Found(row: row) } })
    } catch let found as Found {
      row = found.row
      return
    }
    return nil
  }
}
