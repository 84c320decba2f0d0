/// What is drawn for a prompt from its id, and from nothing else.
package struct PromptDraws: Equatable, Sendable {
  /// Whether the prompt belongs to the test split.
  package var isTest: Bool
  /// A uniform random number, for strategies that choose at random.
  package var random: UInt64

  package init(isTest: Bool, random: UInt64) {
    self.isTest = isTest
    self.random = random
  }
}
