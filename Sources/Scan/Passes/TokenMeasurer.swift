internal import JSON
internal import Records
internal import Rows
internal import Text
internal import Tokenizer

/// Counts the tokens of a row's answers, before anything of the row is noted.
///
/// A row whose tokens cannot be counted is malformed, and nothing of such a row may stay.
struct TokenMeasurer: ~Copyable {
  private let counter: TokenCounter
  private let thinking: ThinkingPolicy
  private var text = ScratchText()
  /// The tokens of each answer of the row, without those that a trainer's template puts around it.
  private(set) var answers: [Int] = []

  init(_ tokenizer: TokenizerFile, _ thinking: ThinkingPolicy) {
    counter = TokenCounter(tokenizer)
    self.thinking = thinking
  }

  /// Counts the answers that the reader has found in a row.
  mutating func count(
    _ reader: borrowing RowReader, in source: PaddedBytes, at start: Int
  ) throws(RowFault) {
    do throws(TokenizerError) {
      answers.removeAll(keepingCapacity: true)
      if let conversation = reader.conversation {
        for answer in conversation.answers {
          let (text, _) = AnswerMeasure.text(of: answer?.messages ?? [], thinking)
          answers.append(try counter.count(text.span))
        }
        return
      }
      for candidate in reader.candidates {
        answers.append(try count(candidate.response, in: source))
      }
    } catch {
      throw RowFault(
        code: .tokensNotCounted, offset: start, message: error.message, hint: error.hint ?? "")
    }
  }

  private mutating func count(
    _ slice: JSONSlice, in source: PaddedBytes
  ) throws(TokenizerError) -> Int {
    guard slice.isString else { return 0 }
    let (counter, thinking) = (counter, thinking)
    return try JSONString.withContent(of: slice, in: source, using: &text) { text, _ in
      let start = thinking == .exclude ? AnswerMeasure.startAfterThinking(text) : 0
      return Result { () throws(TokenizerError) in
        try counter.count(text.extracting(start..<text.count))
      }
    }.get()
  }
}
