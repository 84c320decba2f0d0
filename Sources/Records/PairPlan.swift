/// A decided pair, by number: candidates and prompts are numbered in the order they were read.
package struct PairPlan: Hashable, Sendable {
  package var prompt: UInt32
  package var chosen: UInt32
  package var rejected: UInt32

  /// Names the candidates of a pair.
  package init(prompt: UInt32, chosen: UInt32, rejected: UInt32) {
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
  }
}
