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

  /// Copies the selected texts of a chunk whose candidates had these numbers in the first pass.
  ///
  /// - Returns: the texts in order; nil if there are not as many candidates now.
  func extract(_ chunk: Chunk, candidates: Range<Int>) -> [Excerpt]? {
    var excerpts: [Excerpt] = []
    var next = candidates.lowerBound
    chunk.forEachRow { base, range in
      // The first pass has dealt with malformed rows: here they hold nothing.
      if (try? reader.read(base, from: range.lowerBound, to: range.upperBound)) != nil,
        (try? reader.prompt(
          in: base, from: range.lowerBound, to: range.upperBound, into: &prompt)) != nil
      {
        // Nothing is selected beyond the last candidate of the first pass.
        guard candidates.upperBound - next >= reader.candidates.count else {
          next = .max
          return false
        }
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
    return next == candidates.upperBound ? excerpts : nil
  }
}
