internal import Ingest
internal import JSON
package import Records
internal import Rows

/// A text that the second pass copied out.
package enum Excerpt: Sendable {
  /// A candidate's answer.
  case answer(candidate: Int, Answer)
  /// The prompt of the row that holds this candidate.
  case prompt(candidate: Int, Prompt)
}

/// The second pass over a chunk: selected texts are copied out.
///
/// One extractor serves one thread.
final class TextExtractor {
  private let schemas: RowSchemas
  private let reader: RowRereader
  /// One for each layout.
  private let placeReaders: [PromptPlaceReader]
  private let selection: TextSelection

  /// - Parameter obstacle: what made rows malformed in the first pass.
  init(schemas: RowSchemas, obstacle: RowReader.Obstacle?, selection: TextSelection) {
    self.schemas = schemas
    reader = RowRereader(schemas: schemas, obstacle: obstacle)
    self.selection = selection
    placeReaders = schemas.distinct.map(PromptPlaceReader.init)
  }

  /// Copies the selected texts of a frame that was kept.
  func extract(_ texts: ResidentChunk, file: Int, candidates: Range<Int>) -> [Excerpt] {
    let prompts = placeReaders[schemas.number(ofFile: file)]
    var excerpts: [Excerpt] = []
    texts.chunk.withText { source in
      for (index, row) in texts.rows.enumerated() {
        let end =
          index + 1 < texts.rows.count
          ? texts.rows[index + 1].firstCandidate : texts.responses.count
        for number in row.firstCandidate..<end {
          let candidate = candidates.lowerBound + number
          if selection.hasPrompt(candidate),
            let prompt = prompts.prompt(row.prompt, row.conversation, in: source)
          {
            excerpts.append(.prompt(candidate: candidate, prompt))
          }
          guard selection.hasResponse(candidate) else { continue }
          if let conversation = row.conversation {
            if let answer = conversation.answers[number - row.firstCandidate] {
              excerpts.append(.answer(candidate: candidate, answer))
            }
          } else if texts.responses[number].isString {
            let text = JSONString.text(of: texts.responses[number], in: source)
            excerpts.append(.answer(candidate: candidate, .text(text)))
          }
        }
      }
    }
    return excerpts
  }

  /// Copies the selected texts of a chunk whose candidates had these numbers in the first pass.
  ///
  /// - Returns: the texts in order; nil if there are not as many candidates now.
  func extract(_ chunk: Chunk, file: Int, candidates: Range<Int>) -> [Excerpt]? {
    var excerpts: [Excerpt] = []
    let count = reader.read(chunk, file: file, candidates: candidates) {
      place, row, prompt, source in
      for index in row.candidates.indices {
        let candidate = place.candidate + index
        if selection.hasPrompt(candidate) {
          excerpts.append(.prompt(candidate: candidate, prompt.prompt))
        }
        if selection.hasResponse(candidate), let answer = row.answer(index, in: source) {
          excerpts.append(.answer(candidate: candidate, answer))
        }
      }
    }
    return count == nil ? nil : excerpts
  }
}
