package import Records

/// A text that the second pass copied out.
package enum Excerpt: Sendable {
  /// A candidate's response, as UTF-8.
  case response(candidate: Int, text: [UInt8])
  /// The prompt of the row that holds this candidate.
  case prompt(candidate: Int, Prompt)
}

/// The second pass over a chunk: selected texts are copied out.
///
/// One extractor serves one thread.
final class TextExtractor {
  private var reader: RowReader
  private var prompt = PromptBytes()
  private let selection: TextSelection

  init(schema: RowSchema, selection: TextSelection) {
    reader = RowReader(schema: schema)
    self.selection = selection
  }

  /// Copies the selected texts of a chunk whose first candidate has the number `first`.
  ///
  /// - Returns: the texts in order, and the number of the next chunk's first candidate.
  func extract(_ chunk: Chunk, first: Int) -> (excerpts: [Excerpt], next: Int) {
    var excerpts: [Excerpt] = []
    var next = first
    chunk.forEachRow { base, range in
      // The first pass has dealt with malformed rows: here they hold nothing.
      if (try? reader.read(base, from: range.lowerBound, to: range.upperBound)) != nil,
        (try? reader.prompt(
          in: base, from: range.lowerBound, to: range.upperBound, into: &prompt)) != nil
      {
        for candidate in reader.candidates {
          if selection.hasPrompt(next) {
            excerpts.append(.prompt(candidate: next, prompt.prompt))
          }
          if selection.hasResponse(next) {
            let text = JSONString.text(of: candidate.response, in: base)
            excerpts.append(.response(candidate: next, text: text))
          }
          next += 1
        }
      }
      return true
    }
    return (excerpts, next)
  }
}
