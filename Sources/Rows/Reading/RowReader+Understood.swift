package import JSON
internal import Records

extension RowReader {
  /// A row by itself, with its meaning; nil where it cannot be read.
  package static func understood(
    _ row: JSONValue, _ schema: RowSchema
  ) -> (conversation: ConversationRow, rewards: [Double])? {
    let text = row.compact
    let padded = text + [UInt8](repeating: 0, count: JSONScanner.paddingCount)
    return PaddedBytes.with(padded.span) { source in
      var reader = RowReader(schema: schema, advice: .options)
      var prompt = PromptBytes()
      guard (try? reader.read(source, from: 0, to: text.count)) != nil,
        (try? reader.prompt(in: source, from: 0, to: text.count, into: &prompt)) != nil
      else { return nil }
      let whole = prompt.prompt
      return (
        ConversationRow(
          messages: whole.messages, context: whole.context,
          answers: reader.candidates.indices.map { reader.answer($0, in: source) }),
        reader.candidates.map(\.reward)
      )
    }
  }
}
