internal import Ingest
internal import JSON
package import Records
internal import Rows

/// The whole input, decompressed, in memory: its texts can be had in any order.
package struct KeptInput: Sendable {
  private struct Part {
    var texts: KeptChunk
    var file: Int
    var firstCandidate: Int
  }

  private let schemas: RowSchemas
  /// One for each layout.
  private let readers: [PromptPlaceReader]
  private var parts: [Part] = []

  init(schemas: RowSchemas) {
    self.schemas = schemas
    readers = schemas.distinct.map(PromptPlaceReader.init)
  }

  /// Adds the next chunk of the input that has candidates.
  mutating func append(_ texts: KeptChunk, file: Int, firstCandidate: Int) {
    if !texts.responses.isEmpty {
      parts.append(Part(texts: texts, file: file, firstCandidate: firstCandidate))
    }
  }

  /// A candidate's answer; nil where there is none.
  package func answer(_ candidate: Int) -> Answer? {
    let part = part(ofCandidate: candidate)
    let number = candidate - part.firstCandidate
    let row = part.texts.row(ofCandidate: number)
    if let conversation = row.conversation {
      return conversation.answers[number - row.firstCandidate]
    }
    let slice = part.texts.responses[number]
    guard slice.isString else { return nil }
    return .text(part.texts.chunk.withText { JSONString.text(of: slice, in: $0) })
  }

  /// The prompt of the row that holds this candidate; nil if it was not well formed.
  package func prompt(ofCandidate candidate: Int) -> Prompt? {
    let part = part(ofCandidate: candidate)
    let row = part.texts.row(ofCandidate: candidate - part.firstCandidate)
    return part.texts.chunk.withText { source in
      readers[schemas.number(ofFile: part.file)].prompt(row.prompt, row.conversation, in: source)
    }
  }

  private func part(ofCandidate candidate: Int) -> Part {
    parts[parts.partitioningIndex { $0.firstCandidate > candidate } - 1]
  }
}
