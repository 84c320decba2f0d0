internal import JSON
internal import Records
internal import Rows
internal import Text
internal import Tokenizer

/// Counts the tokens of a row's answers and of its prompt, before anything of the row is noted.
///
/// A row whose tokens cannot be counted is malformed, and nothing of such a row may stay.
struct TokenMeasurer: ~Copyable {
  private let counter: TokenCounter
  private let options: MeasureOptions
  private var text = ScratchText()
  /// The tokens of each answer of the row, without those that a trainer's template puts around it.
  private(set) var answers: [Int] = []
  /// The tokens of the texts of the prompt's messages, where they matter.
  private var promptCount = 0

  init(_ tokenizer: TokenizerFile, _ options: MeasureOptions) {
    counter = TokenCounter(tokenizer)
    self.options = options
  }

  /// Why an answer of the row has too many tokens; nil where it has not.
  func excess(ofAnswer number: Int) -> CandidateDrop? {
    if let maximum = options.maxTokens, answers[number] > maximum { return .tooManyTokens }
    if let maximum = options.maxPairTokens, promptCount + answers[number] > maximum {
      return .tooManyPairTokens
    }
    return nil
  }

  /// Counts the prompt and the answers that the reader has found in a row.
  mutating func count(
    _ reader: borrowing RowReader, _ prompt: borrowing PromptBytes, in source: PaddedBytes,
    at start: Int
  ) throws(RowFault) {
    do throws(TokenizerError) {
      answers.removeAll(keepingCapacity: true)
      promptCount = 0
      if options.maxPairTokens != nil {
        for message in prompt.messages { promptCount += try counter.count(message.text.span) }
      }
      if let conversation = reader.conversation {
        for answer in conversation.answers {
          let (text, _) = AnswerMeasure.text(of: answer?.messages ?? [], options.thinking)
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
    let (counter, thinking) = (counter, options.thinking)
    return try JSONString.withContent(of: slice, in: source, using: &text) { text, _ in
      let start = thinking == .exclude ? AnswerMeasure.startAfterThinking(text) : 0
      return Result { () throws(TokenizerError) in
        try counter.count(text.extracting(start..<text.count))
      }
    }.get()
  }
}
