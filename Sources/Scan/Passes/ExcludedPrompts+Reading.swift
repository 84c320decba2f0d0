internal import Hashing
package import Ingest
internal import JSON
package import Records
internal import Rows

extension ExcludedPrompts {
  /// Reads datasets of pairs in any format and layout that `audit` reads, and rows that have an id.
  ///
  /// - Parameter fields: What the input's fields are called.
  /// - Throws: ``IngestError`` for the first row without a prompt.
  package init(
    _ files: [InputFile], fields: FieldMap, framing: FramingOptions, threads: Int,
    checkpoint: () throws -> Void
  ) throws {
    var keys: [Fingerprint.Wide] = []
    var texts: [UInt64] = []
    var rows = [Int](repeating: 0, count: files.count)
    typealias Batch = (file: Int, prompts: [Prompt], fault: IngestError?)
    let summaries = try TreePass(framing: framing, threads: threads).run(
      files, isDigesting: true,
      summarize: { batch -> Batch in
        var reader: PairRowReader?
        var prompts: [Prompt] = []
        do throws(IngestError) {
          for row in batch.rows {
            if let fault = row.fault { throw fault }
            guard let tree = row.tree else { continue }
            prompts.append(
              try Prompt(tree, at: row.location, fields: fields, reader: &reader))
          }
          return (batch.file, prompts, nil)
        } catch {
          return (batch.file, prompts, error)
        }
      },
      consume: { batch in
        try checkpoint()
        if let fault = batch.fault { throw fault }
        keys += batch.prompts.compactMap(\.key)
        texts += batch.prompts.compactMap(\.text)
        rows[batch.file] += batch.prompts.count
      })
    self.init(
      keys: keys, texts: texts,
      inputs: zip(files, zip(summaries, rows)).map { file, read in
        InputReport(name: file.displayName, read.0, rows: read.1)
      })
  }

  /// What tells the prompt of a row.
  private struct Prompt: Sendable {
    var key: Fingerprint.Wide?
    var text: UInt64?

    /// - Parameter reader: Reads rows like the one before; takes the reader of this one.
    init(
      _ row: JSONValue, at location: SourceLocation, fields: FieldMap, reader: inout PairRowReader?
    ) throws(IngestError) {
      func pair() -> PairRow? { reader.flatMap { (try? $0.read(row)) ?? nil } }
      var found = pair()
      if found == nil {
        reader = PairRowReader(like: row, fields: fields) ?? PairRowReader(like: row)
        found = pair()
      }
      text = found.map { PromptBytes.fingerprint(of: $0.conversation) }
      key = (found?.promptID ?? row.value(at: fields.promptID)?.asID).map {
        PromptBytes.key(ofID: $0)
      }
      guard text != nil || key != nil else {
        throw IngestError(
          .malformedRow, "expected a pair or a prompt id", at: location,
          hint: "input.exclude takes datasets of pairs, and rows with a "
            + "\"\(fields.promptID)\"")
      }
    }
  }
}
