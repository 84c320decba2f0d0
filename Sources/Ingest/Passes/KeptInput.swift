package import Records

/// The whole input, decompressed, in memory: its texts can be had in any order.
package struct KeptInput: Sendable {
  private struct Part {
    var texts: KeptChunk
    var firstCandidate: Int
  }

  private let promptReader: PromptReader
  private var parts: [Part] = []

  init(schema: RowSchema) {
    var slots = FieldSlots()
    promptReader = PromptReader(schema, wanting: &slots)
  }

  /// Adds the next chunk of the input that has candidates.
  mutating func append(_ texts: KeptChunk, firstCandidate: Int) {
    if !texts.responses.isEmpty {
      parts.append(Part(texts: texts, firstCandidate: firstCandidate))
    }
  }

  /// A candidate's response, as UTF-8.
  package func response(_ candidate: Int) -> [UInt8] {
    let part = part(ofCandidate: candidate)
    let place = part.texts.responses[candidate - part.firstCandidate]
    return part.texts.chunk.withText { JSONString.text(of: place, in: $0) }
  }

  /// The prompt of the row that holds this candidate; nil if it was not well formed.
  package func prompt(ofCandidate candidate: Int) -> Prompt? {
    let part = part(ofCandidate: candidate)
    let place = part.texts.row(ofCandidate: candidate - part.firstCandidate)
    return part.texts.chunk.withText { base in
      var prompt = PromptBytes()
      let row = Row(base: base, start: place.start, end: place.start)
      guard (try? promptReader.read(place.prompt, row, into: &prompt)) != nil else { return nil }
      return prompt.prompt
    }
  }

  private func part(ofCandidate candidate: Int) -> Part {
    parts[parts.partitioningIndex { $0.firstCandidate > candidate } - 1]
  }
}
