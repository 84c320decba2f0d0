internal import Bytes
internal import Parquet
internal import Rows

extension Exchange {
  /// Gives access to the prompt as one string, as ``ConversationRow/promptText`` gives it.
  ///
  /// - Parameter memory: is used for prompts of several turns.
  func withPrompt<Result>(
    in batch: ColumnBatch, using memory: inout [UInt8], _ body: (Span<UInt8>) -> Result
  ) -> Result {
    guard turns.count > 1 else { return batch.withText(turns[0].text, body) }
    memory.removeAll(keepingCapacity: true)
    for (number, turn) in turns.enumerated() {
      if number > 0 { memory += [0x0A, 0x0A] }
      batch.withText(turn.text) { memory.append(copying: $0) }
    }
    return body(memory.span)
  }
}
