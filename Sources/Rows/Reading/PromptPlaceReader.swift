package import JSON
package import Records

/// Reads prompts of rows that were read before, from the places that were noted then.
package struct PromptPlaceReader: Sendable {
  private let reader: PromptReader

  package init(_ schema: RowSchema) {
    var slots = FieldSlots()
    reader = PromptReader(schema, wanting: &slots)
  }

  /// The prompt of a row; nil if it was not well formed.
  ///
  /// - Parameter conversation: the row as values; nil where the prompt is a text.
  package func prompt(
    _ places: PromptPlaces, _ conversation: ConversationRow?, in source: PaddedBytes
  ) -> Prompt? {
    var prompt = PromptBytes()
    let row = Row(source: source, start: 0, end: 0, advice: .settings)
    do {
      if let conversation {
        try reader.read(conversation, places, row, into: &prompt)
      } else {
        try reader.read(places, row, into: &prompt)
      }
    } catch {
      return nil
    }
    return prompt.prompt
  }
}
