package import Records

/// The texts of one pair, brought together.
package struct PairTexts: Sendable {
  package var plan: PairPlan
  package var prompt: Prompt
  package var chosen: [UInt8]
  package var rejected: [UInt8]
}
