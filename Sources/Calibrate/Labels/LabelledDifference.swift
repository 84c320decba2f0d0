/// What a labelled pair of answers says: how far the better one lies above the worse one.
package struct LabelledDifference: Sendable {
  /// Of the rewards, less what earlier characteristics take off.
  package var reward: Double
  /// Of the bias.
  package var bias: Double
  /// The prompt's number; labels of one prompt count as one observation.
  package var prompt: Int
  /// The group that is left out with the prompt.
  package var group: UInt8

  package init(reward: Double, bias: Double, prompt: Int, group: UInt8) {
    self.reward = reward
    self.bias = bias
    self.prompt = prompt
    self.group = group
  }

  /// What the pair counts if this part of the bias is removed: 1 where the better answer scores
  /// higher, half where the scores are equal.
  package func credit(alpha: Double) -> Double {
    let margin = reward - alpha * bias
    return margin > 0 ? 1 : margin == 0 ? 0.5 : 0
  }
}
