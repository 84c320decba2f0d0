internal import Columns

/// Which texts the second pass copies out.
package struct TextSelection: Sendable {
  private var responses: BitColumn
  private var prompts: BitColumn

  /// Selects nothing yet among so many candidates.
  package init(candidateCount: Int) {
    responses = BitColumn(count: candidateCount)
    prompts = BitColumn(count: candidateCount)
  }

  /// Selects a candidate's response.
  package mutating func insert(response candidate: Int) { responses.insert(candidate) }

  /// Selects the prompt of the row that holds this candidate.
  package mutating func insert(promptOf candidate: Int) { prompts.insert(candidate) }

  /// Whether a candidate's response is selected.
  package func hasResponse(_ candidate: Int) -> Bool { responses[candidate] }

  /// Whether the prompt of the row that holds this candidate is.
  package func hasPrompt(_ candidate: Int) -> Bool { prompts[candidate] }
}
