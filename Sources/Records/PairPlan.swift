/// A decided pair, by number: candidates and prompts are numbered in the order they were read.
public struct PairPlan: Equatable, Sendable {
  public var prompt: UInt32
  public var chosen: UInt32
  public var rejected: UInt32

  /// Names the candidates of a pair.
  public init(prompt: UInt32, chosen: UInt32, rejected: UInt32) {
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
  }
}
