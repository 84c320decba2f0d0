package import Records

/// The texts of pairs that are shown in full, cut to about what a page shows.
package struct ExampleTexts: Sendable {
  /// By the numbers of prompts.
  package private(set) var prompts: [UInt32: Prompt] = [:]
  /// By the numbers of candidates.
  package private(set) var responses: [UInt32: [UInt8]] = [:]

  private static let longestText = 8192

  package init() {}

  /// Takes in what was kept of other pairs.
  mutating func merge(_ other: ExampleTexts) {
    prompts.merge(other.prompts) { first, _ in first }
    responses.merge(other.responses) { first, _ in first }
  }

  /// Keeps the beginning of an answer.
  package mutating func keep(_ text: [UInt8], of candidate: UInt32) {
    responses[candidate] = Array(text.prefix(Self.longestText))
  }

  /// Keeps the beginnings of a prompt's turns.
  package mutating func keep(_ prompt: Prompt, number: UInt32) {
    prompts[number] = Prompt(
      id: prompt.id,
      messages: prompt.messages.map {
        Message($0.role, text: Array($0.text.prefix(Self.longestText)))
      })
  }
}
