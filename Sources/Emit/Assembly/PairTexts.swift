package import Records

/// The texts of one pair, brought together.
package struct PairTexts: Sendable {
  package var plan: PairPlan
  package var prompt: Prompt
  package var chosen: [UInt8]
  package var rejected: [UInt8]

  package init(plan: PairPlan, prompt: Prompt, chosen: [UInt8], rejected: [UInt8]) {
    self.plan = plan
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
  }
}
