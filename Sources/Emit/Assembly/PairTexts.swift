package import Records

/// The texts of one pair, brought together.
package struct PairTexts: Sendable {
  package var plan: PairPlan
  package var prompt: Prompt
  package var chosen: [UInt8]
  package var rejected: [UInt8]
  /// The answers that go with the prompt's pairs, in the order of the candidates.
  package var companions: [[UInt8]]

  package init(
    plan: PairPlan, prompt: Prompt, chosen: [UInt8], rejected: [UInt8],
    companions: [[UInt8]] = []
  ) {
    self.plan = plan
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
    self.companions = companions
  }
}
